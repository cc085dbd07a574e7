import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Random;

/**
 * The world's region files, written in place without end while saving is on, as a busy game does. Every block of every file
 * begins with a number that grows with each round: a copy that holds two numbers is of two moments. As in vanilla, switching
 * saving off stops it wherever it is, half-way through a round; only a flush makes all files agree.
 */
final class RegionWriter implements Runnable {
  private static final int BLOCK = 4096;

  private final Path folder;
  private final int files;
  private final int blocks;
  private final int pauseMs;
  private long epoch;
  private int next;
  private boolean isSaving = true;

  RegionWriter(Path folder, int files, int blocks, int pauseMs) {
    this.folder = folder;
    this.files = files;
    this.blocks = blocks;
    this.pauseMs = pauseMs;
  }

  void createIfMissing() throws IOException {
    Files.createDirectories(folder);
    Random random = new Random(1);
    byte[] content = new byte[blocks * BLOCK];
    for (int i = 0; i < files; i++) {
      Path path = pathOf(i);
      if (Files.exists(path) && Files.size(path) >= content.length) {
        try (RandomAccessFile file = new RandomAccessFile(path.toFile(), "r")) {
          epoch = Math.max(epoch, file.readLong());
        }
        continue;
      }
      random.nextBytes(content);
      Files.write(path, content);
    }
    flush();
  }

  @Override
  public void run() {
    try {
      for (;;) {
        step();
        Thread.sleep(pauseMs);
      }
    } catch (IOException | InterruptedException e) {
      throw new IllegalStateException(e);
    }
  }

  private synchronized void step() throws IOException {
    if (!isSaving || files == 0) return;
    if (next == 0) epoch++;
    write(next);
    next = (next + 1) % files;
  }

  synchronized void setSaving(boolean on) {
    isSaving = on;
  }

  /** Everything that the game holds, whether saving is on or off. */
  synchronized void flush() throws IOException {
    epoch++;
    next = 0;
    for (int i = 0; i < files; i++) write(i);
  }

  private void write(int index) throws IOException {
    try (RandomAccessFile file = new RandomAccessFile(pathOf(index).toFile(), "rw")) {
      for (int block = 0; block < blocks; block++) {
        file.seek((long) block * BLOCK);
        file.writeLong(epoch);
      }
    }
  }

  private Path pathOf(int index) {
    return folder.resolve("r." + index + ".1.mca");
  }
}
