import java.util.List;
import java.util.Properties;
import org.apache.kafka.common.serialization.Serdes;
import org.apache.kafka.streams.KafkaStreams;
import org.apache.kafka.streams.StreamsBuilder;
import org.apache.kafka.streams.kstream.Consumed;

/**
 * A member of a streams group (KIP-1071) that reads topics and does nothing with them, in a process
 * of its own: Kafka Streams wants the clients of its own release.
 */
final class StreamsMember {

  private StreamsMember() {}

  /** Takes the bootstrap servers, a group, a folder for its state, and topics. */
  public static void main(String[] args) {
    var properties = new Properties();
    properties.put("bootstrap.servers", args[0]);
    properties.put("application.id", args[1]);
    properties.put("state.dir", args[2]);
    properties.put("group.protocol", "streams");
    properties.put("commit.interval.ms", "100");
    properties.put("auto.offset.reset", "earliest");
    var builder = new StreamsBuilder();
    builder.stream(
            List.of(args).subList(3, args.length),
            Consumed.with(Serdes.ByteArray(), Serdes.ByteArray()))
        .foreach((key, value) -> {});
    var streams = new KafkaStreams(builder.build(), properties);
    Runtime.getRuntime().addShutdownHook(new Thread(streams::close));
    streams.start();
  }
}
