package io.mqexporter.exposition;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import java.util.Random;
import java.util.zip.CRC32;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class CrcTest {

  @ParameterizedTest
  @ValueSource(ints = {0, 1, 7, 8, 255, 256, 70_000, 99_999, 100_000})
  void theChecksumOfTwoPiecesIsThatOfTheWhole(int split) {
    var bytes = new byte[100_000];
    new Random(split).nextBytes(bytes);
    assertThat(
            Crc.combine(
                crc(Arrays.copyOf(bytes, split)),
                crc(Arrays.copyOfRange(bytes, split, bytes.length)),
                bytes.length - split))
        .isEqualTo(crc(bytes));
  }

  private static long crc(byte[] bytes) {
    var crc = new CRC32();
    crc.update(bytes);
    return crc.getValue();
  }
}
