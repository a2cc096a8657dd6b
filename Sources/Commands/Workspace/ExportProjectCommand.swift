import CommandLanguage
import Datasets
import Reports
import Workspaces

/// `export project`: a model with its parents, a dataset, and all that is known of them, in one file.
enum ExportProjectCommand: Command {
  static let signature = CommandSignature(
    "export", subject: "project",
    summary: "Writes a model, its parents, a dataset, and their runs and reports to one file for another machine.",
    discussion: """
      The file holds the files of the loaded model as they are, INT8 models as ONNX (QDQ), labels, the pictures and
      annotations of the dataset, and all runs, figures and reports of the projects that these make, each file with its
      SHA-256. `import` verifies them and puts everything into place.
      """, result: nil,
    positional: [ParameterSignature("model", .reference([.model]), "The model; its parents go along.")],
    labels: [
      ParameterSignature("on", .reference([.dataset]), absent: "no pictures go along", "The dataset."),
      ParameterSignature("to", .filePath([]), required: true, "The file; one that is there is replaced."),
    ],
    examples: [CommandExample("export project q on: photos to: \"classifier.project\"", "everything in one file")])

  static func run(_ arguments: BoundCommand, in context: CommandContext) throws -> CommandOutcome {
    let workspace = try context.workspace(arguments)
    guard let path = arguments.string("to") else { throw CommandFailure(.missing("to", arguments)) }
    let model = try context.model(arguments)
    let loaded = arguments.isGiven("on") ? try context.dataset(arguments, "on") : nil
    if let loaded, loaded.dataset.samples.contains(where: { $0.alteration != nil }) {
      throw CommandFailure(
        "cannot-export", "augmented pictures are in no files", at: arguments.span(of: "on"),
        help: "export the project with the dataset that was augmented")
    }
    let progress = context.beginProgress("Exporting \(model.name)")
    let contents = try attempt(arguments, "model") {
      try ProjectContents(model, on: loaded, isCancelled: context.isCancelled)
    }
    let summary = try attempt(arguments, "to") {
      try workspace.export(
        contents.subjects, files: contents.files, places: contents.places, statements: contents.statements,
        to: context.session.path(path), isCancelled: context.isCancelled)
    }
    progress.finish("\(summary.files.count) files")
    return CommandOutcome(report: ProjectFileReport(path: path, summary: summary))
  }
}
