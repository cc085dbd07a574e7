/** RCON: messages run together without a newline, as in vanilla (MC-7569). */
final class RconSource extends Source {
  private final Log log;
  final StringBuilder reply = new StringBuilder();

  RconSource(Log log) {
    this.log = log;
  }

  @Override
  void say(String message) {
    reply.append(message);
  }

  @Override
  void tell(String message) {
    reply.append(message);
    log.info("[Rcon: " + message + "]");
  }

  @Override
  String name() {
    return "Rcon";
  }
}
