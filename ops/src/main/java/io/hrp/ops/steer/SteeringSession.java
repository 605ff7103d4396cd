package io.hrp.ops.steer;

/** Open connections for one command. */
public interface SteeringSession extends AutoCloseable {
  SteeringPorts ports();

  @Override
  void close();
}
