package io.mqexporter.rocketmq.remoting;

import io.mqexporter.collector.Tls;
import io.netty.channel.Channel;
import io.netty.channel.ChannelFuture;
import io.netty.channel.ConnectTimeoutException;
import io.netty.channel.MultiThreadIoEventLoopGroup;
import io.netty.channel.nio.NioIoHandler;
import io.netty.handler.ssl.ApplicationProtocolConfig;
import io.netty.handler.ssl.ClientAuth;
import io.netty.handler.ssl.IdentityCipherSuiteFilter;
import io.netty.handler.ssl.JdkSslContext;
import io.netty.handler.ssl.SslHandler;
import java.net.ConnectException;
import java.net.NoRouteToHostException;
import java.net.UnknownHostException;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLException;
import javax.net.ssl.SSLParameters;
import org.apache.rocketmq.common.ServiceThread;
import org.apache.rocketmq.common.ThreadFactoryImpl;
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

  /** Opens no connection yet. */
  KeptRemotingClient(Optional<Tls> tls) {
    super(config(), null, new Network(tls), null);
  }

  /**
   * The thread of the network. It puts TLS before all that the client itself has for a connection:
   * the client's own way is one for the whole process, by system properties. Like that, it looks
   * who has issued a certificate, and not for which host: brokers register addresses, not names.
   */
  private static final class Network extends MultiThreadIoEventLoopGroup {

    private final Optional<JdkSslContext> tls;

    Network(Optional<Tls> tls) {
      super(1, new ThreadFactoryImpl("rocketmq-network-"), NioIoHandler.newFactory());
      this.tls = tls.map(certificates -> context(certificates.context()));
    }

    @Override
    public ChannelFuture register(Channel channel) {
      tls.ifPresent(context -> channel.pipeline().addFirst(handler(context, channel)));
      return super.register(channel);
    }

    private static SslHandler handler(JdkSslContext context, Channel channel) {
      SslHandler handler = context.newHandler(channel.alloc());
      SSLParameters parameters = handler.engine().getSSLParameters();
      parameters.setEndpointIdentificationAlgorithm(null);
      handler.engine().setSSLParameters(parameters);
      return handler;
    }

    private static JdkSslContext context(SSLContext context) {
      return new JdkSslContext(
          context,
          true,
          null,
          IdentityCipherSuiteFilter.INSTANCE,
          ApplicationProtocolConfig.DISABLED,
          ClientAuth.NONE,
          null,
          false);
    }
  }

  /** Returns in words why the last connection to an address failed; nothing if it was opened. */
  Optional<String> whyNotConnected(String address) {
    return switch (connectFailures.get(address)) {
      case UnknownHostException _ -> Optional.of("the host name does not resolve");
      case ConnectTimeoutException _ -> Optional.of("no connection in time");
      case NoRouteToHostException _ -> Optional.of("no route to the host");
      case ConnectException _ -> Optional.of("connection refused");
      case SSLException e -> Optional.of("TLS: " + e.getMessage());
      case null, default -> Optional.empty();
    };
  }

  /** Forgets the failures of addresses that are no longer in use. */
  void retain(Set<String> addresses) {
    connectFailures.keySet().retainAll(addresses);
  }

  /**
   * Connects. Several requests at once may each try: why the last attempt failed is kept until one
   * succeeds.
   */
  @Override
  protected ChannelFuture doConnect(String address) {
    ChannelFuture connected = super.doConnect(address);
    SslHandler tls = connected.channel().pipeline().get(SslHandler.class);
    connected.addListener(done -> {
      if (done.cause() != null) {
        connectFailures.put(address, done.cause());
      } else if (tls == null) {
        connectFailures.remove(address);
      }
    });
    if (tls != null) {
      tls.handshakeFuture()
          .addListener(done -> {
            if (done.cause() instanceof SSLException refusal) {
              connectFailures.put(address, refusal);
            } else if (connected.isSuccess()) {
              connectFailures.remove(address);
            }
          });
    }
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
    // Idle; but all of them are started to be shut down.
    config.setClientWorkerThreads(1);
    // Above the longest sensible collection interval, so that connections last.
    config.setClientChannelMaxIdleTimeSeconds(15 * 60);
    return config;
  }
}
