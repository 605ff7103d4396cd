/**
 * The order in which mutations reach the clusters, told by the clusters' own write-ahead logs, and
 * that nothing goes round in circles between clusters that feed each other.
 */
@NullMarked
package io.hrp.it.order;

import org.jspecify.annotations.NullMarked;
