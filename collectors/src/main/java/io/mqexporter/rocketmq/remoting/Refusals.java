package io.mqexporter.rocketmq.remoting;

import io.mqexporter.rocketmq.remoting.RequestFailedException.Kind;
import org.apache.rocketmq.remoting.protocol.RemotingCommand;
import org.apache.rocketmq.remoting.protocol.RequestCode;
import org.apache.rocketmq.remoting.protocol.ResponseCode;
import org.jspecify.annotations.Nullable;

/** Says what an answer means that is no success. */
final class Refusals {

  private static final int MAX_REMARK_LENGTH = 200;

  private Refusals() {}

  /** Returns why a request of a code was not granted. */
  static RequestFailedException of(String address, int code, RemotingCommand answer) {
    String remark = firstLine(answer.getRemark());
    return switch (answer.getCode()) {
      case ResponseCode.TOPIC_NOT_EXIST ->
          new RequestFailedException(Kind.TOPIC_NOT_FOUND, address + ": " + remark);
      case ResponseCode.CONSUMER_NOT_ONLINE ->
          new RequestFailedException(Kind.NOT_ONLINE, address + ": " + remark);
      case ResponseCode.REQUEST_CODE_NOT_SUPPORTED -> notSupported(address, code);
      case ResponseCode.SYSTEM_BUSY ->
          new RequestFailedException(
              Kind.BUSY, "%s: busy, request %d was refused: %s".formatted(address, code, remark));
      case ResponseCode.NO_PERMISSION -> notPermitted(address, remark);
      default -> {
        // RocketMQ 4 has no code of its own for it.
        if (remark.contains("AclException")) {
          yield notPermitted(address, remark);
        }
        if (code == RequestCode.VIEW_BROKER_STATS_DATA && remark.contains("not exist")) {
          yield new RequestFailedException(Kind.NOT_COUNTED, address + ": " + remark);
        }
        yield remark.contains("timer message store is null")
            ? notSupported(address, code)
            : new RequestFailedException(
                Kind.REFUSED,
                "%s: request %d was refused with %d: %s"
                    .formatted(address, code, answer.getCode(), remark));
      }
    };
  }

  private static RequestFailedException notSupported(String address, int code) {
    return new RequestFailedException(
        Kind.NOT_SUPPORTED, "%s: request %d is not supported".formatted(address, code));
  }

  private static RequestFailedException notPermitted(String address, String remark) {
    return new RequestFailedException(Kind.REFUSED, address + ": not permitted: " + remark);
  }

  private static String firstLine(@Nullable String remark) {
    String line = remark == null ? "" : remark.lines().findFirst().orElse("").strip();
    return line.length() <= MAX_REMARK_LENGTH ? line : line.substring(0, MAX_REMARK_LENGTH) + "…";
  }
}
