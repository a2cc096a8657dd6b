import CommandLanguage
import Datasets
import Evaluation
import Inference
import Reports
import Workspaces

/// `compare`: two or more models side by side.
enum CompareCommand: Command {
  static let isRecorded = true
  private static let turns = 12
  private static let profiledRuns = 15

  static let signature = CommandSignature(
    "compare",
    summary: "Compares models on one page: speed, quality, size, memory, precisions, layer types and layers.",
    discussion: """
      The models are measured in turns, and the ratio of their throughputs comes with an interval of 95 %. Only where the
      whole interval lies above 1, a model is called faster. `on:` names a dataset on which predictions are compared too:
      the agreement with the first model and, where it is annotated, the accuracy. To see single predictions, see
      `help report predictions`.
      """, result: .result,
    positional: [
      ParameterSignature("parent", .reference([.model]), "The model that is compared with."),
      ParameterSignature("child", .reference([.model]), repeated: true, "The models that are compared."),
    ],
    labels: [
      ParameterSignature("on", .reference([.dataset]), absent: "predictions are not compared", "The dataset."),
      BackgroundClass.label,
      ParameterSignature(
        "drop", .percent, absent: "no verdict",
        "The largest loss that is tolerated: of accuracy, or without annotations of agreement, such as 1%."),
      ParameterSignature("streams", .integer(1...256), default: "1", "How many inferences run at the same time."),
      ParameterSignature("batch", .integer(1...256), default: "1", "How many images one inference has."),
      ParameterSignature("threads", .integer(1...256), absent: "all processors", "How many threads all streams share."),
      ParameterSignature(
        "seconds", .number(in: 0.01...86400, units: [.time]), default: "3", "How long each model is measured."),
    ],
    examples: [
      CommandExample("compare m q seconds: 0.3", "the INT8 model beside its parent"),
      CommandExample("compare m q on: photos seconds: 0.3", "with the agreement of their predictions"),
      CommandExample("compare m q on: photos drop: 1% seconds: 0.3", "with a verdict on the loss"),
    ])

  static func run(_ arguments: BoundCommand, in context: CommandContext) throws -> CommandOutcome {
    let models = try context.namedModels(arguments.references("parent") + arguments.references("child"))
    let qualities = try qualities(models.map(\.model), arguments, in: context)
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
    let progress = context.beginProgress("Measuring \(models.map(\.name).joined(separator: " and "))")
    let place = arguments.isGiven("batch") ? "batch" : "child"
    let sides = try attempt(arguments, place) {
      let subjects = models.map { name, model in
        BenchmarkSubject(name: name, precision: model.precision, plans: model.plans)
      }
      let measurements = try run.measure(subjects, isCancelled: context.isCancelled) { progress.update($0) }
      return try models.indices.map { index in
        let (name, model) = models[index]
        let plan = try model.plans.plan(batch: configuration.batch)
        return ModelComparisonReport.Side(
          name: name, measurement: measurements[index], weightByteCount: model.analysis.weightByteCount,
          arenaByteCount: plan.arenaByteCount * configuration.streams,
          layers: try LayerProfile.measure(
            plan, threads: configuration.threadsPerStream, runs: profiledRuns, isCancelled: context.isCancelled),
          quality: qualities?[index])
      }
    }
    progress.finish()
    let others = sides.dropFirst().map { side in
      ModelComparisonReport.Comparison(
        side,
        speed: SpeedComparison(
          reference: sides[0].measurement.sliceThroughputs, optimized: side.measurement.sliceThroughputs))
    }
    let loaded = arguments.isGiven("on") ? try context.dataset(arguments, "on") : nil
    var findings = zip(models, sides).map { ModelFinding($0.model, [$1.measurement]) }
    if let loaded {
      findings += zip(models, sides).map { ModelFinding($0.model, on: loaded, figures: figures($1.quality)) }
    }
    return .reporting(
      ModelComparisonReport(
        reference: sides[0], others: others, dataset: loaded?.dataset.name, toleratedDrop: arguments.fraction("drop")),
      as: .result, findings: findings)
  }

  private static func figures(_ quality: ModelComparisonReport.Quality?) -> [FigureRecord] {
    guard let quality else { return [] }
    return [
      quality.correctCount.map { FigureRecord(Workspace.accuracyFigure, $0, of: quality.imageCount) },
      quality.agreementCount.map { FigureRecord("agreement", $0, of: quality.imageCount) },
    ].compactMap { $0 }
  }

  /// How well each model predicts; nil without a dataset.
  private static func qualities(
    _ models: [Model], _ arguments: BoundCommand, in context: CommandContext
  ) throws -> [ModelComparisonReport.Quality]? {
    guard arguments.isGiven("on") else {
      guard arguments.isGiven("drop") else { return nil }
      throw CommandFailure(
        "missing-argument", "`drop:` needs a dataset on which the loss is measured", at: arguments.span(of: "drop"),
        help: "name one with `on:`")
    }
    let loaded = try context.dataset(arguments, "on")
    for (index, model) in models.enumerated() {
      try model.requireClassifier(arguments, index == 0 ? "parent" : "child")
    }
    let predictions = try models.map {
      try PredictionSource.dataset(loaded).predictions(of: $0, arguments, "on", in: context)
    }
    return try attempt(arguments, "child") {
      try models.indices.map { index in
        var correct: Int?
        if loaded.dataset.hasClassIndices {
          let offset = BackgroundClass.offset(arguments, models[index], predictions[index])
          correct = try AnnotationComparison(predictions[index], offset: offset).correctCount(top: 1)
        }
        let agreement =
          index == 0
          ? nil : try PredictionComparison(optimized: predictions[index], parent: predictions[0]).agreementCount
        return ModelComparisonReport.Quality(
          correctCount: correct, agreementCount: agreement, imageCount: predictions[index].samples.count)
      }
    }
  }
}
