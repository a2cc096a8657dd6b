import CommandLanguage
import Evaluation
import Inference
import Reports

/// `compare`: two models side by side.
enum CompareCommand: Command {
  private static let turns = 12
  private static let profiledRuns = 15

  static let signature = CommandSignature(
    "compare", summary: "Compares two models: speed, size, memory, precisions and layer types.",
    discussion: """
      The models are measured in turns, and the ratio of their throughputs comes with an interval of 95 %. Only where the
      whole interval lies above 1, the second model is called faster. To compare what models predict, see
      `help report predictions`.
      """, result: .result,
    positional: [
      ParameterSignature("parent", .reference([.model]), "The model that is compared with."),
      ParameterSignature("child", .reference([.model]), "The model that is compared."),
    ],
    labels: [
      ParameterSignature("streams", .integer(1...256), default: "1", "How many inferences run at the same time."),
      ParameterSignature("batch", .integer(1...256), default: "1", "How many images one inference has."),
      ParameterSignature("threads", .integer(1...256), absent: "all processors", "How many threads all streams share."),
      ParameterSignature(
        "seconds", .number(in: 0.01...86400, units: [.time]), default: "3", "How long each model is measured."),
    ], examples: [CommandExample("compare m q seconds: 0.3", "the INT8 model beside its parent")])

  static func run(_ arguments: BoundCommand, in context: CommandContext) throws -> CommandOutcome {
    let models = try context.namedModels(arguments.references("parent") + arguments.references("child"))
    let configuration = BenchmarkConfiguration(
      streams: arguments.integer("streams") ?? 1, batch: arguments.integer("batch") ?? 1,
      threads: arguments.integer("threads") ?? ProcessorCount.active)
    for (_, model) in models {
      try context.requireMemory(
        MemoryNeed.inference(model, batch: configuration.batch, executors: configuration.streams),
        for: "\(configuration.streams) streams of batch \(configuration.batch) of `\(model.name)`",
        at: arguments.span(of: arguments.isGiven("batch") ? "batch" : "streams"),
        remedy: "use fewer streams or a smaller batch")
    }
    let run = BenchmarkRun(
      configurations: [configuration], seconds: arguments.number("seconds") ?? 3, sliceCount: turns)
    let progress = context.beginProgress("Measuring \(models[0].name) and \(models[1].name)")
    let place = arguments.isGiven("batch") ? "batch" : "child"
    let sides = try attempt(arguments, place) {
      let subjects = models.map { name, model in
        BenchmarkSubject(name: name, precision: model.precision, plans: model.plans)
      }
      let measurements = try run.measure(subjects, isCancelled: context.isCancelled) { progress.update($0) }
      return try zip(models, measurements).map { named, measurement in
        let (name, model) = named
        let plan = try model.plans.plan(batch: configuration.batch)
        return ModelComparisonReport.Side(
          name: name, measurement: measurement, weightByteCount: model.analysis.weightByteCount,
          arenaByteCount: plan.arenaByteCount * configuration.streams,
          layers: try LayerProfile.layers(
            of: plan, threads: configuration.threadsPerStream, runs: profiledRuns, isCancelled: context.isCancelled))
      }
    }
    progress.finish()
    let speed = SpeedComparison(
      reference: sides[0].measurement.sliceThroughputs, optimized: sides[1].measurement.sliceThroughputs)
    return .reporting(ModelComparisonReport(reference: sides[0], optimized: sides[1], speed: speed), as: .result)
  }
}

/// The times of a plan's steps.
private enum LayerProfile {
  private static let longest = Duration.seconds(1)

  /// The steps with the median of their times over several runs; fewer than asked for where they take long.
  static func layers(
    of plan: ExecutionPlan, threads: Int, runs: Int, isCancelled: () -> Bool
  ) throws -> [ModelComparisonReport.Layer] {
    let executor = try Executor(plan, threads: threads)
    _ = try executor.profiledExecute()
    var times = [[Double]](repeating: [], count: plan.steps.count)
    let end = ContinuousClock().now + longest
    for run in 0..<runs where run == 0 || ContinuousClock().now < end {
      if isCancelled() { throw CancellationError() }
      for (index, seconds) in try executor.profiledExecute().enumerated() where times.indices.contains(index) {
        times[index].append(seconds)
      }
    }
    return zip(plan.steps, times).map { step, times in
      .init(operation: step.operation, precision: step.precision, seconds: LatencyStatistics(seconds: times).median)
    }
  }
}
