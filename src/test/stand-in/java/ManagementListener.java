import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;

/** The door of the management service: it listens before the world is loaded, as the game's does since 1.21.9. */
final class ManagementListener implements Runnable {
  private static final Path FAULT = Path.of("management.fault");

  private final Server server;
  private final ServerSocket socket;
  private final List<ManagementClient> clients = new CopyOnWriteArrayList<ManagementClient>();
  final ManagementCalls calls;

  private ManagementListener(Server server, ServerSocket socket) {
    this.server = server;
    this.socket = socket;
    this.calls = new ManagementCalls(server);
  }

  /** Null when it is off. The game does not start when it is to use TLS and has no key store, or cannot listen. */
  static ManagementListener open(Server server) throws IOException {
    Settings properties = server.properties;
    if (!properties.flag("management-server-enabled")) return null;
    if (properties.text("management-server-tls-enabled", "true").equals("true"))
      throw new IllegalStateException("Failed to initialize TLS of the management server: no key store");
    // An empty one is made by the game before.
    if (!properties.text("management-server-secret", "").matches("[A-Za-z0-9]{40}|"))
      throw new IllegalStateException("Invalid management server secret, must be 40 alphanumeric characters");
    String host = properties.text("management-server-host", "localhost");
    ServerSocket socket = new ServerSocket();
    socket.bind(new InetSocketAddress(host, properties.number("management-server-port", 0)));
    ManagementListener listener = new ManagementListener(server, socket);
    Thread thread = new Thread(listener, "Management server");
    thread.setDaemon(true);
    thread.start();
    server.log.info("Json-RPC Management connection listening on " + host + ":" + socket.getLocalPort());
    return listener;
  }

  /**
   * What the file `management.fault` says at this moment: `refuse` (everybody gets a 401), `hang` (no answer to a handshake), `deaf` (no
   * answer to a call), `cut` (a call ends the connection), `lie` (a call is answered as if it had been carried out).
   */
  static String fault() {
    try {
      return Files.readString(FAULT).trim();
    } catch (IOException e) {
      return "";
    }
  }

  @Override
  public void run() {
    try {
      while (true) new ManagementClient(server, this, socket.accept()).start();
    } catch (IOException e) {
      return;
    }
  }

  void joined(ManagementClient client) {
    clients.add(client);
  }

  void left(ManagementClient client) {
    clients.remove(client);
  }

  /** To everybody who has been let in. */
  void tell(String name, Object... params) {
    if (fault().equals("deaf")) return;
    List<Object> list = new ArrayList<Object>();
    for (Object param : params) list.add(param);
    Object message = Json.object("jsonrpc", "2.0", "method", "minecraft:notification/" + name, "params", list);
    for (ManagementClient client : clients) client.send(Json.write(message));
  }

  void close() {
    try {
      socket.close();
    } catch (IOException e) {
      return;
    }
    for (ManagementClient client : clients) client.close();
  }
}
