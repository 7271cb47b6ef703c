import java.util.concurrent.CountDownLatch;
import org.codelibs.opensearch.runner.OpenSearchRunner;

/** A node of OpenSearch that runs until its process is ended. */
final class OpenSearchNode {

  private OpenSearchNode() {}

  /**
   * Starts it.
   *
   * @param arguments the folder of its data, the ports for HTTP and for other nodes, and further
   *     settings, each as key=value
   */
  public static void main(String[] arguments) throws Exception {
    var runner = new OpenSearchRunner();
    runner.onBuild((number, settings) -> {
      settings.put("network.host", "127.0.0.1");
      settings.put("http.port", arguments[1]);
      settings.put("transport.port", arguments[2]);
      for (int i = 3; i < arguments.length; i++) {
        int end = arguments[i].indexOf('=');
        settings.put(arguments[i].substring(0, end), arguments[i].substring(end + 1));
      }
    });
    runner.build(
        OpenSearchRunner.newConfigs()
            .basePath(arguments[0])
            .clusterName("tests")
            .numOfNode(1)
            .useLogger());
    new CountDownLatch(1).await();
  }
}
