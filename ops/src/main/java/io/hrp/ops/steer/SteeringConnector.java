package io.hrp.ops.steer;

import java.nio.file.Path;

/** Port: connects a command to what its configuration names. */
@FunctionalInterface
public interface SteeringConnector {
  /**
   * Reads the configuration and connects.
   *
   * @throws io.hrp.control.config.ConfigException if the file cannot be used
   * @throws io.hrp.control.ControlUnavailableException if no broker answers within seconds
   */
  SteeringSession connect(Path config);
}
