package io.mqexporter.http;

/** Is told, on one thread, how the reading of who is let in goes on. */
public interface SecurityObserver {

  /** Nobody wants to know. */
  SecurityObserver NONE =
      new SecurityObserver() {
        @Override
        public void succeeded() {}

        @Override
        public void failed(String problem) {}
      };

  /** It was read, at the start or because it had changed, and holds. */
  void succeeded();

  /** It has changed and cannot be used, once for each problem; what was read before holds. */
  void failed(String problem);
}
