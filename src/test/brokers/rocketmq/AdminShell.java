import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import org.apache.rocketmq.tools.command.MQAdminStartup;

/**
 * Runs commands of {@code mqadmin} until its input ends: one a line, with tabs between its words.
 * After what a command prints comes a line with nothing but the character that ends a text.
 */
public final class AdminShell {

  private static final char END = '\u0003';
  private static final int WAKING_INTERVAL_MILLIS = 20;

  private AdminShell() {}

  public static void main(String[] arguments) throws IOException {
    Thread.ofPlatform().daemon().start(AdminShell::wake);
    var commands = new BufferedReader(new InputStreamReader(System.in, StandardCharsets.UTF_8));
    String command;
    while ((command = commands.readLine()) != null) {
      MQAdminStartup.main0(command.split("\t", -1), null);
      System.err.flush();
      System.out.println();
      System.out.println(END);
      System.out.flush();
    }
    System.exit(0);
  }

  /**
   * Each command ends with a wait for a thread that looks only every three seconds whether it is to
   * end; an interrupt makes it look at once, and costs a warning if it is not.
   */
  private static void wake() {
    try {
      while (true) {
        Thread.sleep(WAKING_INTERVAL_MILLIS);
        var threads = new Thread[Thread.activeCount() + 16];
        int there = Thread.enumerate(threads);
        for (int i = 0; i < there; i++) {
          if (threads[i].getName().equals("NettyEventExecutor")) {
            threads[i].interrupt();
          }
        }
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
