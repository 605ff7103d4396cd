/**
 * What the integration tests stand on: real servers shared by all of them, and for each test its
 * own tables, topics, peers and daemons, a record of what was acknowledged, and a comparison of
 * that with what a cluster holds. Holds no test.
 */
@NullMarked
package io.hrp.it.env;

import org.jspecify.annotations.NullMarked;
