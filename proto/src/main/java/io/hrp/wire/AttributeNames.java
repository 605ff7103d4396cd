package io.hrp.wire;

import org.apache.hadoop.hbase.security.access.AccessControlConstants;
import org.apache.hadoop.hbase.security.visibility.VisibilityConstants;

/** Which attributes of a mutation HBase gives a meaning to. */
final class AttributeNames {
  /**
   * {@code Mutation.setTTL} keeps the time to live here, as 8 bytes. HBase's constant is private.
   */
  static final String TTL = "_ttl";

  /** {@code Mutation.setClusterIds} keeps its list here. HBase's constant is private. */
  static final String CLUSTER_IDS = "_cs.id";

  static final String VISIBILITY = VisibilityConstants.VISIBILITY_LABELS_ATTR_KEY;
  static final String ACL = AccessControlConstants.OP_ATTRIBUTE_ACL;

  private AttributeNames() {}

  /**
   * Whether a name is HBase's own. Apart from the two for security they all start with an
   * underscore ({@code _ttl}, {@code _cs.id}, {@code _rr_}, {@code _operation.id}), so such names
   * are kept for it.
   */
  static boolean isHBases(String name) {
    return name.isEmpty() || name.charAt(0) == '_' || name.equals(VISIBILITY) || name.equals(ACL);
  }
}
