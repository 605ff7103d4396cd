/** What HRP promises, told as stories on real servers and real daemons. */
@NullMarked
package io.hrp.it.scenario;

import org.jspecify.annotations.NullMarked;
