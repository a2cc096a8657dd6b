import CommandLanguage
import Datasets
import Examples
import Reports

/// `dataset`: a folder of pictures.
enum DatasetCommand: Command {
  static let signature = CommandSignature(
    "dataset", summary: "Opens a folder or an archive of pictures, annotated or not.",
    discussion: """
      The format is recognised by what is in the folder: `val.txt` with lines “file label” makes it an annotated dataset
      (ImageNet), and the folders and files of Pascal VOC, COCO and others are known, see `format:`; anything else is Not
      Annotated. What of the annotations cannot be used is told by file and line, and the rest is used. Pictures are JPEG
      or PNG; they stay in their files until they are needed. An archive is unpacked into the cache, see `help cache`. One
      picture is `photos["bird.jpg"]`, or `photos[3]`, counted from 0. The order is by file name, bytewise.

      `example: classifier` opens pictures that come with Octet: annotated ones (`part: validation`), or others without
      annotations to calibrate with (`part: calibration`). The other examples have scenes with boxes (`detector`), with
      masks (`segmenter`), and pairs of small and large pictures (`super_resolution`).
      """, result: .dataset,
    positional: [
      ParameterSignature(
        "folder",
        .filePath([.folder, .file(extension: "zip"), .file(extension: "tar"), .file(extension: "gz")]), required: false,
        absent: "example: says what is opened", "The folder, or an archive of it: .zip, .tar, .tar.gz.")
    ],
    labels: [
      ParameterSignature(
        "subset", .either([.integer(1...Int.max), .percent]), absent: "all pictures",
        "How many pictures are taken, or which part of all, chosen at random by the seed."),
      ParameterSignature("seed", .integer(0...Int.max), default: "0", "Which random choice `subset:` makes."),
      ParameterSignature(
        "format",
        .choice(DatasetCatalog.all.map { ChoiceWord($0.name, $0.summary) }), absent: "recognised",
        "What the folder is read as."),
      ParameterSignature(
        "orientation",
        .choice([
          ChoiceWord(PictureOrientation.upright.rawValue, "turned as the EXIF orientation says"),
          ChoiceWord(PictureOrientation.stored.rawValue, "rows and columns as the files hold them"),
        ]), absent: "stored for annotated datasets, as published accuracies were measured; upright for not_annotated",
        "How photographs that were taken with a turned camera are read."),
      ParameterSignature(
        "example", .choice(ExampleCatalog.all.map { ChoiceWord($0.name, $0.pictures) }),
        absent: "a folder is opened", "Pictures that come with Octet."),
      ParameterSignature(
        "part",
        .choice([
          ChoiceWord(Example.Part.validation.rawValue, "annotated pictures"),
          ChoiceWord(Example.Part.calibration.rawValue, "pictures without annotations"),
        ]), default: Example.Part.validation.rawValue, "Which pictures of the example."),
    ],
    examples: [
      CommandExample("photos = dataset example: classifier", "240 annotated pictures that come with Octet"),
      CommandExample("calibration = dataset example: classifier part: calibration", "120 pictures to calibrate with"),
      CommandExample("some = dataset \"classifier/validation\" subset: 10% seed: 7", "a random tenth of a folder"),
    ])

  static func run(_ arguments: BoundCommand, in context: CommandContext) throws -> CommandOutcome {
    let (path, place) = try folder(arguments, in: context)
    let source = try attempt(arguments, place) { try unpacked(path, in: context) }
    let whole = try attempt(arguments, place) {
      do throws(any Error) {
        return try Dataset(
          openingFolder: source.folder, name: source.name, format: arguments.choice("format"),
          orientation: arguments.choice("orientation").flatMap(PictureOrientation.init(rawValue:)),
          refused: source.refused, isCancelled: context.isCancelled)
      } catch let error as DatasetError where error.code == .unsupportedFormat && arguments.isGiven("format") {
        throw CommandFailure(Diagnostic(error, at: arguments.span(of: "format")))
      }
    }
    let part = try attempt(arguments, "subset") { try subset(of: whole, arguments) }
    let example = arguments.choice("example").flatMap { try? ExampleLibrary.example(named: $0) }
    let labelsPath = example.flatMap { $0.kind == .classification ? $0.labelsPath : nil }
    let labels = labelsPath.flatMap { try? Labels(contentsOfFile: $0) }
    let loaded = try LoadedDataset(part, labels: labels, isCancelled: context.isCancelled)
    return CommandOutcome(.dataset(loaded), report: loaded.report())
  }

  /// A folder as it is; of an archive the folder that it is unpacked into, its name, and what was refused of it.
  private static func unpacked(
    _ path: String, in context: CommandContext
  ) throws -> (folder: String, name: String?, refused: [DatasetProblem]) {
    let name = path.split(separator: "/").last.map(String.init) ?? path
    guard DatasetArchive.isArchiveName(name), FileStatus(path: path)?.isRegular ?? false else { return (path, nil, []) }
    let progress = context.beginProgress("Unpacking \(name)")
    let archives = UnpackedArchives(context.session.results)
    let (folder, refused) = try archives.contents(of: path, isCancelled: context.isCancelled) {
      progress.update(0, "\($0) files")
    }
    progress.finish()
    return (folder, name.prefix { $0 != "." }.isEmpty ? name : String(name.prefix { $0 != "." }), refused)
  }

  private static func folder(_ arguments: BoundCommand, in context: CommandContext) throws -> (String, String) {
    switch (arguments.string("folder"), arguments.choice("example")) {
    case (_?, _?):
      throw CommandFailure(
        "conflicting-arguments", "`example:` names the pictures, so no folder can be given",
        at: arguments.span(of: "folder"), help: "leave the folder out, or leave `example:` out")
    case (let folder?, nil):
      guard !arguments.isGiven("part") else {
        throw CommandFailure(
          "conflicting-arguments", "only an example has parts", at: arguments.span(of: "part"),
          help: "name the folder of the part itself")
      }
      return (context.session.path(folder), "folder")
    case (nil, let name?):
      let example = try attempt(arguments, "example") { try ExampleLibrary.example(named: name) }
      let part = arguments.choice("part").flatMap(Example.Part.init(rawValue:)) ?? .validation
      return (example.picturesPath(part), "example")
    case (nil, nil):
      throw CommandFailure(
        "missing-argument", "`dataset` needs a folder of pictures", at: arguments.verbSpan,
        help: "for instance `dataset \"photos/\"`, or `dataset example: classifier`")
    }
  }

  private static func subset(of dataset: Dataset, _ arguments: BoundCommand) throws -> Dataset {
    guard let size = SubsetSize(arguments, "subset") else { return dataset }
    return try dataset.subset(size, seed: UInt64(clamping: arguments.integer("seed") ?? 0))
  }
}
