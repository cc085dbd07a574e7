import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;

/** Standard input, a command per line, carried out by the server thread in order. End of input ends only this thread. */
final class Console implements Runnable {
  private final Server server;

  private Console(Server server) {
    this.server = server;
  }

  static void start(Server server) {
    Thread thread = new Thread(new Console(server), "Server console handler");
    thread.setDaemon(true);
    thread.start();
  }

  @Override
  public void run() {
    try (BufferedReader in = new BufferedReader(new InputStreamReader(System.in, StandardCharsets.UTF_8))) {
      for (String line = in.readLine(); line != null; line = in.readLine()) {
        server.submit(new CommandTask(server, line, new ConsoleSource(server.log)));
      }
    } catch (IOException e) {
      server.log.error("Exception handling console input");
    }
  }
}
