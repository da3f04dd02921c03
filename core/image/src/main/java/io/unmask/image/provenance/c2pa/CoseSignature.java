package io.unmask.image.provenance.c2pa;

import io.unmask.image.provenance.container.DamagedException;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.NoSuchAlgorithmException;
import java.security.Signature;
import java.security.cert.Certificate;
import java.security.cert.CertificateException;
import java.security.cert.CertificateFactory;
import java.security.cert.X509Certificate;
import java.security.spec.MGF1ParameterSpec;
import java.security.spec.PSSParameterSpec;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;

/**
 * A signature of one signer (COSE_Sign1, RFC 9052, section 4.2) with its certificate (RFC 9360).
 * Whether anybody vouches for the certificate is not looked at, nor when it was valid.
 */
final class CoseSignature {

  private static final Object ALGORITHM = 1L;
  private static final Object CHAIN = 33L;
  private static final int MOST_CERTIFICATE = 1 << 16;

  private final byte[] protectedHeader;
  private final CborValue payload;
  private final byte[] signature;
  private final OptionalLong algorithm;
  private final Optional<X509Certificate> certificate;

  private CoseSignature(List<CborValue> parts) throws DamagedException {
    this.protectedHeader = parts.get(0).bytes().orElse(new byte[0]);
    this.payload = parts.get(2);
    this.signature = parts.get(3).bytes().orElse(new byte[0]);
    CborValue header =
        protectedHeader.length == 0 ? CborValue.NONE : CborParser.parse(protectedHeader);
    this.algorithm = header.find(ALGORITHM).number();
    this.certificate = certificate(header, parts.get(1));
  }

  static CoseSignature parse(byte[] bytes) throws DamagedException {
    List<CborValue> parts = CborParser.parse(bytes).elements();
    if (parts.size() != 4) {
      throw new DamagedException("the signature is no COSE_Sign1");
    }
    return new CoseSignature(parts);
  }

  /** The signer's certificate, which says who it is. */
  Optional<X509Certificate> certificate() {
    return certificate;
  }

  /** Whether this is a signature of a claim. */
  Check of(byte[] claim) {
    if (!payload.isNull() && !Arrays.equals(payload.bytes().orElse(new byte[0]), claim)) {
      return Check.invalid("the signature is of another claim");
    }
    if (certificate.isEmpty()) {
      return Check.invalid("the signature has no certificate that can be read");
    }
    if (algorithm.isEmpty()) {
      return Check.invalid("the signature does not say by which algorithm it was made");
    }
    try {
      Signature check = algorithm(algorithm.getAsLong());
      check.initVerify(certificate.get().getPublicKey());
      check.update(signed(claim));
      return check.verify(signature)
          ? Check.VALID
          : Check.invalid("the signature does not fit the claim");
    } catch (NoSuchAlgorithmException e) {
      return Check.unchecked(
          "the signature's algorithm (COSE %d) is not known".formatted(algorithm.getAsLong()));
    } catch (GeneralSecurityException | RuntimeException e) {
      // Java's providers throw what they happen to when a key or a signature is malformed.
      return Check.invalid("the signature is not of the kind of its key");
    }
  }

  /** The algorithms that C2PA allows (its specification, section 13.2). */
  private static Signature algorithm(long cose) throws GeneralSecurityException {
    return switch ((int) Math.max(Integer.MIN_VALUE, cose)) {
      case -7 -> Signature.getInstance("SHA256withECDSAinP1363Format");
      case -35 -> Signature.getInstance("SHA384withECDSAinP1363Format");
      case -36 -> Signature.getInstance("SHA512withECDSAinP1363Format");
      case -8, -19 -> Signature.getInstance("Ed25519");
      case -37 -> pss("SHA-256", MGF1ParameterSpec.SHA256, 32);
      case -38 -> pss("SHA-384", MGF1ParameterSpec.SHA384, 48);
      case -39 -> pss("SHA-512", MGF1ParameterSpec.SHA512, 64);
      default -> throw new NoSuchAlgorithmException();
    };
  }

  private static Signature pss(String hash, MGF1ParameterSpec mask, int salt)
      throws GeneralSecurityException {
    Signature signature = Signature.getInstance("RSASSA-PSS");
    signature.setParameter(new PSSParameterSpec(hash, "MGF1", mask, salt, 1));
    return signature;
  }

  /** The list {@code ["Signature1", protected header, no further data, claim]} in CBOR. */
  private byte[] signed(byte[] claim) {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    bytes.write(0x84);
    bytes.write(0x6A);
    bytes.writeBytes("Signature1".getBytes(StandardCharsets.US_ASCII));
    byteString(bytes, protectedHeader);
    byteString(bytes, new byte[0]);
    byteString(bytes, claim);
    return bytes.toByteArray();
  }

  private static void byteString(ByteArrayOutputStream out, byte[] content) {
    int length = content.length;
    if (length < 24) {
      out.write(0x40 | length);
    } else {
      int bytes = length < 1 << 8 ? 1 : length < 1 << 16 ? 2 : 4;
      out.write(0x40 | (bytes == 1 ? 24 : bytes == 2 ? 25 : 26));
      for (int i = bytes - 1; i >= 0; i--) {
        out.write(length >>> (8 * i));
      }
    }
    out.writeBytes(content);
  }

  /** The first of the chain, which is the signer's own; older files have it under a text. */
  private static Optional<X509Certificate> certificate(CborValue header, CborValue unprotected) {
    for (CborValue map : List.of(header, unprotected)) {
      for (Object key : List.of(CHAIN, "x5chain")) {
        CborValue chain = map.find(key);
        CborValue first =
            chain.isList() && !chain.elements().isEmpty() ? chain.elements().get(0) : chain;
        Optional<byte[]> bytes = first.bytes();
        if (bytes.isPresent()) {
          return certificate(bytes.get());
        }
      }
    }
    return Optional.empty();
  }

  private static Optional<X509Certificate> certificate(byte[] bytes) {
    if (bytes.length > MOST_CERTIFICATE || !statesItsLength(bytes)) {
      return Optional.empty();
    }
    try {
      Certificate read =
          CertificateFactory.getInstance("X.509")
              .generateCertificate(new ByteArrayInputStream(bytes));
      return read instanceof X509Certificate x509 ? Optional.of(x509) : Optional.empty();
    } catch (CertificateException | RuntimeException e) {
      return Optional.empty(); // a damaged one, of which Java's reader may throw anything
    }
  }

  /** Java's reader allocates what a certificate says that it has. */
  private static boolean statesItsLength(byte[] der) {
    int bytes = der.length < 4 ? 0 : der[1] & 0xFF;
    return bytes < 0x80
        ? bytes == der.length - 2
        : bytes == 0x82 && (((der[2] & 0xFF) << 8) | (der[3] & 0xFF)) == der.length - 4;
  }
}
