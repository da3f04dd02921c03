package io.unmask.image.provenance;

import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.Signature;
import java.security.spec.ECGenParameterSpec;
import java.security.spec.MGF1ParameterSpec;
import java.security.spec.PSSParameterSpec;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Signs with a key of its own, whose certificate it signs itself. */
final class Signer {

  /** The algorithms, with COSE's numbers. */
  enum Algorithm {
    ES256(-7),
    ES384(-35),
    PS256(-37),
    ED25519(-8);

    final int cose;

    Algorithm(int cose) {
      this.cose = cose;
    }
  }

  private final Algorithm algorithm;
  private final KeyPair keys;
  private final byte[] certificate;
  private boolean old;

  private Signer(Algorithm algorithm, String organization) throws GeneralSecurityException {
    this.algorithm = algorithm;
    this.keys = keys(algorithm);
    this.certificate = certificate(organization);
  }

  static Signer of(Algorithm algorithm, String organization) {
    try {
      return new Signer(algorithm, organization);
    } catch (GeneralSecurityException e) {
      throw new AssertionError(e);
    }
  }

  private static KeyPair keys(Algorithm algorithm) throws GeneralSecurityException {
    KeyPairGenerator generator =
        KeyPairGenerator.getInstance(
            switch (algorithm) {
              case ES256, ES384 -> "EC";
              case PS256 -> "RSA";
              case ED25519 -> "Ed25519";
            });
    if (algorithm == Algorithm.PS256) {
      generator.initialize(2048);
    } else if (algorithm != Algorithm.ED25519) {
      generator.initialize(
          new ECGenParameterSpec(algorithm == Algorithm.ES256 ? "secp256r1" : "secp384r1"));
    }
    return generator.generateKeyPair();
  }

  /** Has the certificate where older files have it, beside a time stamp. */
  Signer asOfOld() {
    old = true;
    return this;
  }

  /** A COSE_Sign1 of bytes that stand elsewhere (RFC 9052, section 4.4). */
  byte[] sign(byte[] payload) {
    byte[] header =
        CborWriter.of(
            old
                ? ordered(1, algorithm.cose)
                : ordered(1, algorithm.cose, 33, List.of(certificate)));
    byte[] signed = CborWriter.of(List.of("Signature1", header, new byte[0], payload));
    Map<Object, Object> beside = ordered("pad", new byte[40]);
    if (old) {
      beside.put("x5chain", List.of(certificate));
      beside.put("sigTst", Map.of("tstTokens", List.of(Map.of("val", new byte[30]))));
    }
    List<Object> parts = new ArrayList<>(List.of(header, beside));
    parts.add(null);
    try {
      Signature signature = signature();
      signature.initSign(keys.getPrivate());
      signature.update(signed);
      parts.add(signature.sign());
    } catch (GeneralSecurityException e) {
      throw new AssertionError(e);
    }
    return CborWriter.of(new CborWriter.Tagged(18, parts));
  }

  private Signature signature() throws GeneralSecurityException {
    return switch (algorithm) {
      case ES256 -> Signature.getInstance("SHA256withECDSAinP1363Format");
      case ES384 -> Signature.getInstance("SHA384withECDSAinP1363Format");
      case ED25519 -> Signature.getInstance("Ed25519");
      case PS256 -> {
        Signature pss = Signature.getInstance("RSASSA-PSS");
        pss.setParameter(new PSSParameterSpec("SHA-256", "MGF1", MGF1ParameterSpec.SHA256, 32, 1));
        yield pss;
      }
    };
  }

  /** X.509 (RFC 5280), in as little as Java reads. Its own signature is never looked at. */
  private byte[] certificate(String organization) {
    byte[] algorithmName =
        sequence(der(6, new byte[] {0x2A, (byte) 0x86, 0x48, (byte) 0xCE, 0x3D, 4, 3, 2}));
    byte[] name =
        sequence(
            der(
                0x31,
                sequence(
                    der(6, new byte[] {0x55, 4, 10}),
                    der(12, organization.getBytes(StandardCharsets.UTF_8)))),
            der(
                0x31,
                sequence(
                    der(6, new byte[] {0x55, 4, 3}),
                    der(12, "someone, with a comma".getBytes(StandardCharsets.UTF_8)))));
    byte[] validity =
        sequence(
            der(23, ByteWriter.latin("260101000000Z")), der(23, ByteWriter.latin("360101000000Z")));
    byte[] body =
        sequence(
            der(0xA0, der(2, new byte[] {2})),
            der(2, BigInteger.valueOf(4711).toByteArray()),
            algorithmName,
            name,
            validity,
            name,
            keys.getPublic().getEncoded());
    return sequence(body, algorithmName, der(3, new byte[9]));
  }

  private static byte[] sequence(byte[]... parts) {
    return der(0x30, parts);
  }

  private static byte[] der(int tag, byte[]... parts) {
    byte[] content = ByteWriter.joined(parts);
    ByteWriter out = new ByteWriter().u8(tag);
    if (content.length < 128) {
      out.u8(content.length);
    } else {
      out.u8(0x82).u16(content.length);
    }
    return out.bytes(content).done();
  }

  static Map<Object, Object> ordered(Object... keysAndValues) {
    Map<Object, Object> map = new LinkedHashMap<>();
    for (int i = 0; i < keysAndValues.length; i += 2) {
      map.put(keysAndValues[i], keysAndValues[i + 1]);
    }
    return map;
  }
}
