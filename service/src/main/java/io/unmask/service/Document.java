package io.unmask.service;

/**
 * The same document for everybody.
 *
 * @param contentType of which type it is
 * @param body its bytes
 */
@SuppressWarnings("ArrayRecordComponent") // nobody changes it
record Document(String contentType, byte[] body) implements Endpoint {

  @Override
  public void answer(Call call) {
    call.answer(200, contentType, body);
  }
}
