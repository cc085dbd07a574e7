/** The console: answers are log lines. */
final class ConsoleSource extends Source {
  private final Log log;

  ConsoleSource(Log log) {
    this.log = log;
  }

  @Override
  void say(String message) {
    log.info(message);
  }

  @Override
  void tell(String message) {
    log.info(message);
  }

  @Override
  String name() {
    return "Server";
  }
}
