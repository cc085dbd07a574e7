/** Numbered log lines at a steady rate, `Flood line 1 of 1000` and so on; 0 per second means as fast as possible. */
final class Flood implements Runnable {
  private final Log log;
  private final int count;
  private final int perSecond;

  Flood(Log log, int count, int perSecond) {
    this.log = log;
    this.count = count;
    this.perSecond = perSecond;
  }

  @Override
  public void run() {
    long began = System.nanoTime();
    int sent = 0;
    try {
      while (sent < count) {
        long due = perSecond == 0 ? count : (System.nanoTime() - began) * perSecond / 1000000000L + 1;
        while (sent < due && sent < count) {
          sent++;
          log.info("Flood line " + sent + " of " + count);
        }
        if (sent < count) Thread.sleep(1);
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
