package io.mqexporter.app;

import java.lang.invoke.MethodHandle;
import java.lang.invoke.MethodHandleProxies;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.MethodType;

/**
 * The signal SIGHUP. Java has no supported way to it but {@code sun.misc.Signal}, which stays for
 * the lack of another (JEP 260) and which no compiler lets pass without a warning.
 */
final class HangUp {

  private HangUp() {}

  /**
   * Runs something on a virtual thread at each signal, instead of ending the process; does nothing
   * where the system does not know the signal.
   */
  static void onSignal(Runnable action) {
    Runnable onThread = () -> Thread.ofVirtual().start(action);
    try {
      Class<?> signal = Class.forName("sun.misc.Signal");
      Class<?> handler = Class.forName("sun.misc.SignalHandler");
      MethodHandle run =
          MethodHandles.lookup()
              .findVirtual(Runnable.class, "run", MethodType.methodType(void.class))
              .bindTo(onThread);
      Object handling =
          MethodHandleProxies.asInterfaceInstance(
              handler, MethodHandles.dropArguments(run, 0, signal));
      signal
          .getMethod("handle", signal, handler)
          .invoke(null, signal.getConstructor(String.class).newInstance("HUP"), handling);
    } catch (ReflectiveOperationException e) {
      // Then the file is followed all the same.
      return;
    }
  }
}
