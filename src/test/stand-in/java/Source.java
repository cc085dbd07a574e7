/** Who gave a command, and where the answers go. */
abstract class Source {
  /** An answer for the one who asked. */
  abstract void say(String message);

  /** An answer that vanilla also tells the operators, and so the log. */
  abstract void tell(String message);

  abstract String name();
}
