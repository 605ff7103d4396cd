/**
 * HBase's own tools, unmodified, and the programs of docs/producer.md, run as processes of their
 * own: once as HBase ships them and once through HRP by configuration alone. What the peers then
 * hold is compared with what the direct run wrote. The tools' class paths never meet the tests'.
 */
@NullMarked
package io.hrp.it.tools;

import org.jspecify.annotations.NullMarked;
