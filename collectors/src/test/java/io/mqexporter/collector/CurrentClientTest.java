package io.mqexporter.collector;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.mqexporter.collector.Settings.Edition;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class CurrentClientTest {

  private final List<Client> closed = new ArrayList<>();
  private Edition<String> settings = new Edition<>("first", 1);
  private final CurrentClient<String, Client> current =
      new CurrentClient<>(() -> settings, Client::new);

  private final class Client implements CurrentClient.Client {

    private final String password;
    private long requests;

    private Client(String password) {
      this.password = password;
    }

    @Override
    public long requestsSent() {
      return requests;
    }

    @Override
    public void close() {
      closed.add(this);
    }
  }

  @Test
  void oneClientServesAsLongAsTheSettingsStay() throws CollectionException {
    assertThat(current.get()).isSameAs(current.get());
    assertThat(closed).isEmpty();
  }

  @Test
  void changedSettingsMakeANewClientAndCloseTheFormer() throws CollectionException {
    Client first = current.get();
    first.requests = 2;
    settings = new Edition<>("second", 2);
    Client second = current.get();
    second.requests = 3;
    assertThat(second.password).isEqualTo("second");
    assertThat(closed).containsExactly(first);
    assertThat(current.requestsSent()).isEqualTo(5);
  }

  @Test
  void aFileThatTheSettingsNameCanChangeWithoutThem() throws CollectionException {
    Client first = current.get();
    settings = new Edition<>("first", 2);
    assertThat(current.get()).isNotSameAs(first);
  }

  @Test
  void noClientIsMadeOnceItIsClosed() throws CollectionException {
    Client client = current.get();
    current.close();
    assertThat(closed).containsExactly(client);
    assertThatThrownBy(current::get).isInstanceOf(CollectionException.class).hasMessage("closed");
  }
}
