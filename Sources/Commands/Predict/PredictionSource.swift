import CommandLanguage
import Datasets
import Evaluation

/// The pictures that `on:` or a place behind the model names: a dataset, a sample of one, or a file.
enum PredictionSource {
  case dataset(LoadedDataset)
  case picture(path: String, Image, sample: Sample)

  /// What an argument names.
  ///
  /// - Throws: `CommandFailure`.
  init(_ arguments: BoundCommand, _ name: String, in context: CommandContext) throws {
    if let element = arguments.element(name) {
      let loaded = try context.dataset(named: element.dataset, at: element.span)
      let sample = try loaded.sample(element.key, named: element.dataset, at: element.span)
      self = try attempt(arguments, name) {
        .picture(path: sample.path, try loaded.dataset.load(sample), sample: sample)
      }
    } else if let path = arguments.string(name) {
      let full = context.session.path(path)
      let file = full.split(separator: "/").last.map(String.init) ?? full
      self = try attempt(arguments, name) {
        .picture(path: file, try Image(contentsOfFile: full), sample: Sample(path: file))
      }
    } else {
      self = .dataset(try context.dataset(arguments, name))
    }
  }

  /// The name of the dataset or picture.
  var title: String {
    switch self {
    case .dataset(let loaded): loaded.dataset.name
    case .picture(let path, _, _): path
    }
  }

  /// What a model says of the pictures.
  ///
  /// - Throws: `CommandFailure`, `CancellationError`.
  func predictions(
    of model: Model, _ arguments: BoundCommand, _ name: String, in context: CommandContext
  ) throws -> Predictions {
    let imageModel = try model.requireImageModel(arguments)
    switch self {
    case .picture(_, let image, let sample):
      return try attempt(arguments, name) {
        try Predictions(samples: [sample], outputCount: imageModel.outputCount, values: imageModel.predict(image))
      }
    case .dataset(let loaded):
      let total = loaded.dataset.samples.count
      try context.requireMemory(
        MemoryNeed.predictions(model, imageModel, imageCount: total), for: "predicting \(total) images",
        at: arguments.span(of: name), remedy: "use a part of the dataset, as `dataset … subset: 10%` gives it")
      let progress = context.beginProgress("Predicting with \(model.name)")
      let predictions = try attempt(arguments, name) {
        try model.predictions(
          of: loaded, by: imageModel, in: context.session.results, isCancelled: context.isCancelled
        ) {
          progress.update($0, of: total, "images")
        }
      }
      progress.finish("\(total) images")
      return predictions
    }
  }
}

extension Model {
  /// The model as one that takes a picture.
  ///
  /// - Throws: `CommandFailure` at the place of the model.
  func requireImageModel(_ arguments: BoundCommand, _ name: String = "model") throws -> ImageModel {
    if let imageModel { return imageModel }
    return try attempt(arguments, name) {
      if let preprocessing { return try ImageModel(plans: plans, preprocessing: preprocessing) }
      throw EvaluationError(
        .notForPictures, "`\(self.name)` does not take one picture",
        remedy: "use a model with one input such as float32[1, 3, 224, 224]")
    }
  }

  /// The model as a classifier of pictures.
  ///
  /// - Throws: `CommandFailure` at the place of the model.
  func requireClassifier(_ arguments: BoundCommand, _ name: String = "model") throws {
    let imageModel = try requireImageModel(arguments, name)
    try attempt(arguments, name) { try imageModel.requireClassifier() }
  }
}
