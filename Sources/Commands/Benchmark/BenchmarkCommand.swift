import CommandLanguage
import Evaluation
import Reports

/// `benchmark`: throughput and latency.
enum BenchmarkCommand: Command {
  static let isRecorded = true
  static let counts = ArgumentType.either([.list(of: .integer(1...256), count: 1...16), .range(in: 1...256)])

  static let signature = CommandSignature(
    "benchmark", summary: "Measures the throughput and latency of one or several models.",
    discussion: """
      Throughput is the number of images processed in a second (FPS); higher is better. Latency is the time of one
      inference; half of the inferences take at most the median. A stream is an inference that runs at the same time as
      others; with several streams each gets its share of the threads. Several models take turns in short slices, so that
      whatever else the machine does meets all alike. The numbers of pictures do not matter here: inputs are made up.
      """, result: .result,
    positional: [ParameterSignature("models", .reference([.model]), repeated: true, "The models.")],
    labels: [
      ParameterSignature("streams", counts, default: "1", "How many inferences run at the same time."),
      ParameterSignature("batch", counts, default: "1", "How many images one inference has."),
      ParameterSignature(
        "threads", .integer(1...256), absent: "all processors", "How many threads all streams share."),
      ParameterSignature(
        "seconds", .number(in: 0.01...86400, units: [.time]), default: "3",
        "How long each model is measured in each configuration."),
      ParameterSignature(
        "latency", .duration, absent: "no limit", "The largest median latency that is accepted, such as 5ms."),
    ],
    examples: [
      CommandExample("benchmark m seconds: 0.2", "throughput and latency of a model"),
      CommandExample(
        "benchmark m q streams: [1, 2] batch: 1 seconds: 0.1 latency: 50ms",
        "two models in two configurations, in turns"),
    ])

  static func run(_ arguments: BoundCommand, in context: CommandContext) throws -> CommandOutcome {
    let models = try context.namedModels(arguments.references("models"))
    let configurations = configurations(arguments)
    let subjects = models.map { name, model in
      BenchmarkSubject(name: name, precision: model.precision, plans: model.plans)
    }
    for (_, model) in models {
      for configuration in configurations {
        try context.requireMemory(
          MemoryNeed.inference(model, batch: configuration.batch, executors: configuration.streams),
          for: "\(configuration.streams) streams of batch \(configuration.batch) of `\(model.name)`",
          at: arguments.span(of: arguments.isGiven("batch") ? "batch" : "streams"),
          remedy: "use fewer streams or a smaller batch")
      }
    }
    let run = BenchmarkRun(configurations: configurations, seconds: arguments.number("seconds") ?? 3)
    let progress = context.beginProgress("Measuring")
    let measurements = try attempt(arguments, arguments.isGiven("batch") ? "batch" : "models") {
      try run.measure(subjects, isCancelled: context.isCancelled) { progress.update($0) }
    }
    progress.finish()
    return .reporting(
      BenchmarkReport(measurements, latencyLimit: arguments.number("latency")), as: .result,
      findings: ModelFinding.of(models, measurements))
  }

  private static func configurations(_ arguments: BoundCommand) -> [BenchmarkConfiguration] {
    let threads = arguments.integer("threads") ?? ProcessorCount.active
    var seen: Set<BenchmarkConfiguration> = []
    return arguments.integers("streams").flatMap { streams in
      arguments.integers("batch").map { BenchmarkConfiguration(streams: streams, batch: $0, threads: threads) }
    }.filter { seen.insert($0).inserted }
  }
}
