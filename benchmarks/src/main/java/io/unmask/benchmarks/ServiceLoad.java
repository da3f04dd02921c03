package io.unmask.benchmarks;

import io.unmask.benchmarks.ServiceCallers.Question;
import io.unmask.benchmarks.ServiceCallers.Result;
import io.unmask.network.Network;
import io.unmask.network.Shape;
import io.unmask.spi.Program;
import java.io.IOException;
import java.nio.FloatBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;

/** {@code unmask serve} under load: {@code benchmarks/load}. */
public final class ServiceLoad {

  private static final Path ROOT = Path.of(System.getProperty("unmask.root", ".."));
  private static final Path COMMAND = ROOT.resolve("unmask");

  /** What Java's compilers and the C library's heap may add while nothing leaks, in MiB. */
  private static final double NOISE = 48;

  private final ServiceLoadArguments arguments;
  private final List<String> model;
  private boolean good = true;

  private ServiceLoad(ServiceLoadArguments arguments, List<String> model) {
    this.arguments = arguments;
    this.model = model;
  }

  /**
   * Runs everything.
   *
   * @param arguments see {@code --help}
   */
  public static void main(String[] arguments) throws Exception {
    if (Arrays.asList(arguments).contains("--help")) {
      System.out.println(ServiceLoadArguments.USAGE);
      return;
    }
    ServiceLoadArguments parsed;
    try {
      parsed = ServiceLoadArguments.parse(arguments);
    } catch (IllegalArgumentException e) {
      System.err.println("benchmarks/load: " + e.getMessage() + "\n" + ServiceLoadArguments.USAGE);
      System.exit(2);
      return;
    }
    System.out.println(Machine.description());
    boolean good;
    if (parsed.model().equals(ServiceLoadArguments.XCEPTION)) {
      try (SampleModels models = SampleModels.keras(SampleModels.ONE)) {
        good = new ServiceLoad(parsed, List.of("--model", models.files().get(0).toString())).run();
      }
    } else {
      good = new ServiceLoad(parsed, List.of()).run();
    }
    if (!good) {
      System.exit(1);
    }
  }

  private boolean run() throws Exception {
    Path folder = Files.createTempDirectory("unmask-load");
    try {
      List<Question> small = questions(folder, 3, 256, 256);
      List<Question> mixed = new ArrayList<>(small);
      mixed.addAll(questions(folder, 1, 4000, 3000));
      try (ServiceProcess service = ServiceProcess.start(COMMAND, options())) {
        warm(service, mixed);
        callers(service, mixed);
        if (arguments.model().equals(ServiceLoadArguments.XCEPTION)) {
          // Last, for Java's second compiler is at work for the first thousands of photos.
          beside(service, small);
        }
        if (arguments.hostile() > 0) {
          hostile(service, small);
        }
        terminated(service, small);
      }
    } finally {
      try (Stream<Path> files = Files.list(folder)) {
        for (Path file : files.toList()) {
          Files.delete(file);
        }
      }
      Files.delete(folder);
    }
    return good;
  }

  private List<String> options() {
    List<String> options = new ArrayList<>(List.of("--timeout", "20"));
    options.addAll(model);
    return options;
  }

  /** Photos, and what the command says of them. */
  private List<Question> questions(Path folder, int count, int width, int height)
      throws IOException, InterruptedException {
    List<Question> questions = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      byte[] bytes = Images.encoded(Images.picture(i, width, height), "jpg");
      Path file = Files.write(folder.resolve(width + "-" + i + ".jpg"), bytes);
      List<String> line =
          new ArrayList<>(List.of(COMMAND.toString(), "classify", "--format", "json"));
      line.addAll(model);
      line.add(file.toString());
      String answer = Child.run(line).output();
      questions.add(new Question(bytes, ServiceCallers.comparable(answer)));
    }
    return questions;
  }

  private static void warm(ServiceProcess service, List<Question> questions) throws Exception {
    new ServiceCallers(service, questions).run(8, Duration.ofSeconds(20));
  }

  /**
   * What the service loses against the network alone, in ONNX Runtime and in the service's own
   * engine, in turns, so that what else the machine does is shared out evenly.
   */
  private void beside(ServiceProcess service, List<Question> small) throws Exception {
    Network network = SampleWeights.xception();
    FloatBuffer[] images = Images.random(8, Shape.of(224, 224, 3));
    Duration slice = Duration.ofSeconds(Math.max(1, arguments.seconds() / 12));
    int count = Runtime.getRuntime().availableProcessors();
    List<Double> shares = new ArrayList<>();
    List<Double> ofOwn = new ArrayList<>();
    List<Double> ofProcessor = new ArrayList<>();
    try (OnnxRuntimeProgram bare = OnnxRuntimeProgram.compile(network, 1, false);
        Program own = Engine.compile(Engine.CPU, network, 1)) {
      BareThroughput.of(bare, images, Duration.ofSeconds(5));
      BareThroughput.of(own, images, Duration.ofSeconds(5));
      for (int turn = 0; turn < 6; turn++) {
        BareThroughput alone = BareThroughput.of(bare, images, slice);
        BareThroughput engine = BareThroughput.of(own, images, slice);
        double askedBefore = ProcessorTime.ofThis();
        double servedBefore = service.processorTime();
        Result result = new ServiceCallers(service, small).run(4 * count, slice);
        int answers = result.answered().size();
        double served = (service.processorTime() - servedBefore) / answers;
        double asked = (ProcessorTime.ofThis() - askedBefore) / answers;
        good &= result.different() == 0 && result.broken() == 0;
        shares.add(result.rate() / alone.rate());
        ofOwn.add(result.rate() / engine.rate());
        ofProcessor.add(engine.processor() / served);
        System.out.printf(
            "256 px: ONNX Runtime alone %.2f a second, the engine alone %.2f, the service %.2f with %d"
                + " callers: %.3f and %.3f; processor time of each %.1f, %.1f, %.1f ms and the callers"
                + " %.1f ms%n",
            alone.rate(),
            engine.rate(),
            result.rate(),
            4 * count,
            result.rate() / alone.rate(),
            result.rate() / engine.rate(),
            alone.processor(),
            engine.processor(),
            served,
            asked);
      }
    }
    System.out.printf(
        "the service's share of the bare throughput of ONNX Runtime: %.3f, of its own engine: %.3f;"
            + " the engine's part of the service's processor time: %.3f%n",
        median(shares), median(ofOwn), median(ofProcessor));
  }

  static double median(List<Double> values) {
    return values.stream().sorted().skip(values.size() / 2).findFirst().orElseThrow();
  }

  private void callers(ServiceProcess service, List<Question> mixed) throws Exception {
    for (int count : arguments.callers()) {
      ServiceProcess.Holding before = service.holding();
      ResidentMemory memory = ResidentMemory.watch(service);
      Result result;
      try (memory) {
        result =
            new ServiceCallers(service, mixed).run(count, Duration.ofSeconds(arguments.seconds()));
      }
      ServiceProcess.Holding after = service.holding();
      report(
          result.different() == 0 && result.broken() == 0,
          ("%d callers, %.0f s: %d answers, %.2f a second, p50 %.0f ms, p99 %.0f ms; refused %d;"
                  + " other answers than classify's %d, none or wrong ones %d; before %.0f MiB, then %s; after %s")
              .formatted(
                  count,
                  result.seconds(),
                  result.answered().size(),
                  result.rate(),
                  result.percentile(50),
                  result.percentile(99),
                  result.refused(),
                  result.different(),
                  result.broken(),
                  before.resident(),
                  memory,
                  after));
    }
  }

  private void hostile(ServiceProcess service, List<Question> small) throws Exception {
    List<byte[]> photos = small.stream().map(Question::bytes).toList();
    new HostileRequests(service.uri(), photos).run(arguments.hostile() / 10, ~arguments.seed());
    settle(service);
    ServiceProcess.Holding before = service.holding();
    HostileRequests requests = new HostileRequests(service.uri(), photos);
    requests.run(arguments.hostile(), arguments.seed());
    settle(service);
    ServiceProcess.Holding after = service.holding();
    requests.report().forEach(line -> System.out.println("  " + line));
    report(
        requests.failures() == 0 && requests.longest() < 1000,
        "%d hostile requests: %d answered with 500, the longest but the slow ones %.0f ms"
            .formatted(arguments.hostile(), requests.failures(), requests.longest()));
    double bodies = service.metric("unmask_body_bytes");
    report(
        bodies == 0
            && after.resident() - before.resident() < NOISE
            && after.threads() <= before.threads() + 2
            && after.files() <= before.files() + 2,
        "before %s; after %s; %.0f bytes of bodies held".formatted(before, after, bodies));
    Result honest = new ServiceCallers(service, small).run(2, Duration.ofSeconds(5));
    report(
        honest.different() == 0 && honest.broken() == 0 && honest.answered().size() > 0,
        "afterwards %d honest ones, %d answered otherwise or not"
            .formatted(honest.answered().size(), honest.different() + honest.broken()));
  }

  /** Waits until connections that were left are closed, and threads that idle have ended. */
  private static void settle(ServiceProcess service) throws Exception {
    for (int i = 0; i < 90; i++) {
      Thread.sleep(1000);
      if (i >= 25 && service.metric("unmask_body_bytes") == 0) {
        return;
      }
    }
  }

  private void terminated(ServiceProcess service, List<Question> small) throws Exception {
    ServiceCallers callers = new ServiceCallers(service, small);
    Result[] results = new Result[1];
    Thread load =
        new Thread(
            () -> {
              try {
                results[0] = callers.run(40, Duration.ofSeconds(60));
              } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
              }
            });
    load.start();
    Thread.sleep(8000);
    callers.ending();
    double seconds = service.terminate();
    load.join();
    Result result = results[0];
    report(
        result.broken() == 0 && result.different() == 0,
        ("SIGTERM under 40 callers: ended after %.1f s with status %d; %d answered, %d refused, %d"
                + " not answered, %d not answered that were sent at that moment or later")
            .formatted(
                seconds,
                service.process().exitValue(),
                result.answered().size(),
                result.refused(),
                result.broken(),
                result.late()));
  }

  private void report(boolean fine, String message) {
    good &= fine;
    System.out.println((fine ? "ok   " : "FAIL ") + message);
  }
}
