import CommandLanguage
import Documents
import Evaluation
import Reports

/// `explore`: throughput and latency over streams and batch.
enum ExploreCommand: Command {
  static let isRecorded = true

  static let signature = CommandSignature(
    "explore", summary: "Finds the streams and the batch with the best throughput, also under a limit of the latency.",
    discussion: """
      Every combination is measured in several repeats, from which the interval of its throughput follows. Combinations whose
      intervals overlap with that of the best are named: they may be as good. `search: auto` goes from combination to
      combination towards the best instead of trying all; it can miss a better one that lies behind worse ones. What was
      measured is kept in the workspace at once, also where the statement is interrupted.
      """, result: .result,
    positional: [ParameterSignature("model", .reference([.model]), "The model.")],
    labels: [
      ParameterSignature(
        "streams", BenchmarkCommand.counts, absent: "powers of two up to twice the processors",
        "How many inferences run at the same time."),
      ParameterSignature(
        "batch", BenchmarkCommand.counts, default: "[1, 2, 4, 8]", "How many images one inference has."),
      ParameterSignature("threads", .integer(1...256), absent: "all processors", "How many threads all streams share."),
      ParameterSignature(
        "seconds", .number(in: 0.01...86400, units: [.time]), default: "1", "How long each combination is measured."),
      ParameterSignature("repeats", .integer(2...64), default: "5", "In how many parts that time is cut."),
      ParameterSignature(
        "latency", .duration, absent: "no limit", "The largest median latency that is accepted, such as 5ms."),
      ParameterSignature(
        "search",
        .choice([
          ChoiceWord("all", "every combination"),
          ChoiceWord("auto", "from combination to combination towards the best"),
        ]), default: "all", "Which combinations are tried."),
    ],
    examples: [
      CommandExample("explore m seconds: 0.1", "all combinations of streams and batch"),
      CommandExample("explore m streams: 1..2 batch: [1, 4] seconds: 0.1 latency: 20ms", "the best within 20 ms"),
      CommandExample("explore m batch: [1, 2, 4, 8, 16, 32] seconds: 0.1 search: auto", "without trying all"),
    ])

  static func run(_ arguments: BoundCommand, in context: CommandContext) throws -> CommandOutcome {
    let model = try context.model(arguments)
    let grid = grid(arguments)
    let (fit, unfit) = try fitting(grid, model, arguments, in: context)
    let (seconds, repeats) = (arguments.number("seconds") ?? 1, arguments.integer("repeats") ?? 5)
    let limit = arguments.number("latency")
    let progress = context.beginProgress("Exploring \(model.name)")
    let time = NumberFormat.significant(2, unit: "s").string(for: seconds * Double(fit.count))
    let subject = BenchmarkSubject(name: model.name, precision: model.precision, plans: model.plans)
    var measurements: [BenchmarkMeasurement] = []
    func measure(_ configuration: BenchmarkConfiguration) throws -> (throughput: Double, latency: Double)? {
      guard fit.contains(configuration) else { return nil }
      let run = BenchmarkRun(configurations: [configuration], seconds: seconds, sliceCount: repeats)
      let done = measurements.count
      let found = try attempt(arguments, arguments.isGiven("batch") ? "batch" : "model") {
        try run.measure([subject], isCancelled: context.isCancelled) { part in
          progress.update(
            (Double(done) + part) / Double(max(fit.count, 1)),
            "\(done) of \(fit.count) combinations, \(arguments.choice("search") == "auto" ? "at most " : "")\(time) in all"
          )
        }
      }
      guard let measurement = found.first else { return nil }
      measurements.append(measurement)
      context.keep(ModelFinding(model, [measurement]))
      return (measurement.throughput, measurement.latency.median)
    }
    if arguments.choice("search") == "auto" {
      _ = try ConfigurationSearch(grid, latencyLimit: limit).best(measure: measure)
    } else {
      for configuration in grid.configurations { _ = try measure(configuration) }
    }
    progress.finish("\(measurements.count) combinations")
    return .reporting(
      ExplorationReport(measurements, latencyLimit: limit, gridCount: grid.count, unfit: unfit), as: .result)
  }

  private static func grid(_ arguments: BoundCommand) -> ConfigurationGrid {
    let threads = arguments.integer("threads") ?? ProcessorCount.active
    var streams = arguments.integers("streams")
    if streams.isEmpty {
      streams = Array(sequence(first: 1) { $0 * 2 }.prefix { $0 <= min(2 * threads, 256) }) + [threads]
    }
    return ConfigurationGrid(streams: streams, batches: arguments.integers("batch"), threads: threads)
  }

  /// The combinations that fit the memory, and those that do not.
  ///
  /// - Throws: `CommandFailure` where none fits.
  private static func fitting(
    _ grid: ConfigurationGrid, _ model: Model, _ arguments: BoundCommand, in context: CommandContext
  ) throws -> (fit: Set<BenchmarkConfiguration>, unfit: [BenchmarkConfiguration]) {
    var fit: Set<BenchmarkConfiguration> = []
    var unfit: [BenchmarkConfiguration] = []
    var refusal: CommandFailure?
    for configuration in grid.configurations {
      do {
        try context.requireMemory(
          MemoryNeed.inference(model, batch: configuration.batch, executors: configuration.streams),
          for: "\(configuration.streams) streams of batch \(configuration.batch) of `\(model.name)`",
          at: arguments.span(of: arguments.isGiven("batch") ? "batch" : "streams"),
          remedy: "use fewer streams or a smaller batch")
        fit.insert(configuration)
      } catch let failure as CommandFailure {
        refusal = failure
        unfit.append(configuration)
      }
    }
    if fit.isEmpty, let refusal { throw refusal }
    return (fit, unfit)
  }
}
