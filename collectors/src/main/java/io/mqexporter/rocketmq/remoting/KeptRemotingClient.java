package io.mqexporter.rocketmq.remoting;

import io.netty.channel.ChannelFuture;
import io.netty.channel.ConnectTimeoutException;
import java.net.ConnectException;
import java.net.NoRouteToHostException;
import java.net.UnknownHostException;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import org.apache.rocketmq.common.ServiceThread;
import org.apache.rocketmq.remoting.netty.NettyClientConfig;
import org.apache.rocketmq.remoting.netty.NettyEvent;
import org.apache.rocketmq.remoting.netty.NettyEventType;
import org.apache.rocketmq.remoting.netty.NettyRemotingClient;

/**
 * RocketMQ's remoting client with as few threads as it allows: one for the network, one timer and
 * one idle. It tells why a connection failed, which the original keeps to itself, and shuts down at
 * once, which takes the original up to three seconds.
 */
final class KeptRemotingClient extends NettyRemotingClient {

  private final ConcurrentMap<String, Throwable> connectFailures = new ConcurrentHashMap<>();

  KeptRemotingClient() {
    super(config());
  }

  /** Returns in words why the last connection to an address failed; nothing if it was opened. */
  Optional<String> whyNotConnected(String address) {
    return switch (connectFailures.get(address)) {
      case UnknownHostException _ -> Optional.of("the host name does not resolve");
      case ConnectTimeoutException _ -> Optional.of("no connection in time");
      case NoRouteToHostException _ -> Optional.of("no route to the host");
      case ConnectException _ -> Optional.of("connection refused");
      case null, default -> Optional.empty();
    };
  }

  /** Forgets the failures of addresses that are no longer in use. */
  void retain(Set<String> addresses) {
    connectFailures.keySet().retainAll(addresses);
  }

  @Override
  protected ChannelFuture doConnect(String address) {
    connectFailures.remove(address);
    ChannelFuture connected = super.doConnect(address);
    connected.addListener(done -> {
      if (done.cause() != null) {
        connectFailures.put(address, done.cause());
      }
    });
    return connected;
  }

  @Override
  public void shutdown() {
    ServiceThread events = nettyEventExecutor;
    events.makeStop();
    // It polls a queue for three seconds at a time and sees only then that it was stopped.
    putNettyEvent(new NettyEvent(NettyEventType.IDLE, "", null));
    super.shutdown();
  }

  private static NettyClientConfig config() {
    var config = new NettyClientConfig();
    config.setDisableCallbackExecutor(true);
    config.setDisableNettyWorkerGroup(true);
    config.setScanAvailableNameSrv(false);
    // Idle, unless there is TLS; but all of them are started to be shut down.
    config.setClientWorkerThreads(1);
    // Above the longest sensible collection interval, so that connections last.
    config.setClientChannelMaxIdleTimeSeconds(15 * 60);
    return config;
  }
}
