import java.io.IOException;
import java.util.List;

/** One call waiting for the server thread; answered from there. */
final class ManagementTask implements Runnable {
  private final ManagementCalls calls;
  private final ManagementClient client;
  private final String method;
  private final List<Object> params;
  private final Object id;

  ManagementTask(ManagementCalls calls, ManagementClient client, String method, List<Object> params, Object id) {
    this.calls = calls;
    this.client = client;
    this.method = method;
    this.params = params;
    this.id = id;
  }

  @Override
  public void run() {
    try {
      answer("result", calls.call(method, params, ManagementListener.fault().equals("lie")));
    } catch (NoSuchMethodException e) {
      answer("error", Json.object("code", -32601L, "message", "Method not found", "data", method));
    } catch (ClassCastException | IndexOutOfBoundsException | NullPointerException e) {
      answer("error", Json.object("code", -32602L, "message", "Invalid params", "data", String.valueOf(e.getMessage())));
    } catch (IOException | InterruptedException e) {
      answer("error", Json.object("code", -32603L, "message", "Internal error", "data", String.valueOf(e.getMessage())));
    }
  }

  private void answer(String kind, Object value) {
    client.send(Json.write(Json.object("jsonrpc", "2.0", "id", id, kind, value)));
  }
}
