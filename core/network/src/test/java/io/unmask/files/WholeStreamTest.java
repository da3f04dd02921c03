package io.unmask.files;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class WholeStreamTest {

  private static final byte[] BYTES = {1, 2, 3, 4, 5};

  /** Too few, too many, and as many as there are. */
  @ParameterizedTest
  @ValueSource(ints = {-1, 0, 1, 4, 5, 6, 500})
  void readsAllBytesWhateverIsSaidToBeAvailable(int available) throws IOException {
    InputStream stream =
        new ByteArrayInputStream(BYTES) {
          @Override
          public synchronized int available() {
            return available;
          }
        };
    assertThat(WholeStream.read(stream)).isEqualTo(BYTES);
    assertThat(WholeStream.read(stream)).isEmpty();
  }

  @Test
  void readsWhatIsLeft() throws IOException {
    InputStream stream = new ByteArrayInputStream(BYTES);
    assertThat(stream.read()).isEqualTo(1);
    assertThat(WholeStream.read(stream)).containsExactly(2, 3, 4, 5);
  }
}
