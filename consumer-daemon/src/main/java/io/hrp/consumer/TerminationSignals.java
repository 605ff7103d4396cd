package io.hrp.consumer;

import java.lang.reflect.Method;
import java.lang.reflect.Proxy;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Turns SIGTERM and SIGINT into calls. A shutdown hook cannot tell a second signal from the first,
 * nor end with a status of its own; the JDK's {@code sun.misc.Signal} can do both. It is reached by
 * reflection, because the compiler warns of it and every warning is an error here; where a JVM has
 * none, a hook does what a hook can.
 */
final class TerminationSignals {
  private static final Logger log = LoggerFactory.getLogger(TerminationSignals.class);

  private TerminationSignals() {}

  /** Calls {@code onSignal} on a thread of the JVM's for each signal. */
  static void install(Runnable onSignal) {
    try {
      Class<?> signal = Class.forName("sun.misc.Signal");
      Class<?> receiver = Class.forName("sun.misc.SignalHandler");
      Object proxy =
          Proxy.newProxyInstance(
              TerminationSignals.class.getClassLoader(),
              new Class<?>[] {receiver},
              (self, method, arguments) -> {
                if (method.getName().equals("handle")) {
                  onSignal.run();
                }
                return null;
              });
      Method register = signal.getMethod("handle", signal, receiver);
      for (String name : new String[] {"TERM", "INT"}) {
        register.invoke(null, signal.getConstructor(String.class).newInstance(name), proxy);
      }
    } catch (ReflectiveOperationException | IllegalArgumentException missing) {
      log.warn(
          "this JVM gives no access to signals: a stop has no exit status of its own", missing);
      Runtime.getRuntime().addShutdownHook(new Thread(onSignal, "hrp-stop"));
    }
  }
}
