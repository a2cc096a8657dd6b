import CommandLanguage
import Deployment
import Evaluation
import FoundationEssentials
import Reports
import Workspaces

/// `package`: a model with everything that runs it on a machine without Octet.
enum PackageCommand: Command {
  static let isRecorded = true
  static let signature = CommandSignature(
    "package", summary: "Writes a model with all that runs it elsewhere: a library, a program, samples, and the model.",
    discussion: """
      The folder holds the model as ONNX and as OpenVINO IR, and in the form that Octet's own library runs bit for bit as
      the notebook does; the library with its C header; `bin/octet-run`, a program that runs it on picture files; samples in
      C and Python; labels, preprocessing and licences; and a manifest with the SHA-256 of every file. Nothing has to
      be installed where it runs but the C library of a Linux system with the same kind of processor. Beside the folder
      lies the same as a .tar.gz archive.
      """, result: nil,
    positional: [ParameterSignature("model", .reference([.model]), "The model, a network for pictures.")],
    labels: [
      ParameterSignature(
        "to", .filePath([.folder]), required: true, "The folder, which is made; a package that is there is replaced."),
      ParameterSignature(
        "batch", .integer(PackagedModel.batches), default: "1", "Pictures that are computed together."),
      ParameterSignature(
        "streams", .integer(PackagedModel.streamCounts), default: "1", "Inferences that run at the same time."),
    ],
    examples: [
      CommandExample("package q to: \"deployment\"", "the quantized model, for one picture at a time"),
      CommandExample(
        "package q to: \"deployment\" batch: 8 streams: 2", "for the batch and streams that `benchmark` found best"),
    ])

  static func run(_ arguments: BoundCommand, in context: CommandContext) throws -> CommandOutcome {
    let model = try context.model(arguments)
    let imageModel = try model.requireImageModel(arguments)
    guard let given = arguments.string("to") else { throw CommandFailure(.missing("to", arguments)) }
    let path = PackageFolder.withoutSlashes(given)
    let folder = PackageFolder(path: context.session.path(path))
    if let obstacle = folder.obstacle {
      throw CommandFailure(
        "cannot-write", "\(path) \(obstacle)", at: arguments.span(of: "to"),
        help: "name a folder that is not there yet, or one that `package` wrote")
    }
    let content = try attempt(arguments, "model") {
      try Interruptible.run(isCancelled: context.isCancelled) {
        try PackageContent(
          of: model, imageModel, batch: arguments.integer("batch") ?? 1, streams: arguments.integer("streams") ?? 1)
      }
    }
    let written: PackageFolder.Written
    do {
      written = try folder.write(content, isCancelled: context.isCancelled)
    } catch let error as PackageError {
      throw CommandFailure("cannot-write", error.message, at: arguments.span(of: "to"), help: error.remedy)
    }
    let report = PackageReport(
      model: model.name, precision: model.precision, path: path, batch: content.description.batch,
      streams: content.description.streams,
      files: content.manifest.files.map { .init(path: $0.path, byteCount: $0.bytes, digest: $0.sha256) },
      archive: .init(path: path + ".tar.gz", byteCount: written.archiveByteCount, digest: written.archiveDigest))
    let figures = [
      FigureRecord("package bytes", Double(written.archiveByteCount)),
      FigureRecord("package batch", Double(content.description.batch)),
      FigureRecord("package streams", Double(content.description.streams)),
    ]
    return CommandOutcome(report: report, findings: [ModelFinding(model, figures: figures)])
  }
}
