import sun.misc.Signal;
import sun.misc.SignalHandler;

/** Swallows a signal, as a server does that is stuck. */
final class IgnoredSignal implements SignalHandler {
  private IgnoredSignal() {}

  static void install(String name) {
    Signal.handle(new Signal(name), new IgnoredSignal());
  }

  @Override
  public void handle(Signal signal) {
    return;
  }
}
