/// Pictures and a text file with a line `file label` for each, the label being a class index from 0 on.
public enum ImageNetDataset: DatasetFormat {
  /// What users call the format.
  public static let name = "imagenet"
  /// The name as the field writes it.
  public static let title = "ImageNet"
  /// What such a folder looks like.
  public static let summary = "pictures and val.txt with a line “file label” for each"

  /// As the pictures are stored.
  public static let orientation = PictureOrientation.stored

  /// Of how many lines one must be well-formed, for a text to be taken for annotations.
  private static let probedLineCount = 20

  /// Whether a text in the folder has such lines.
  public static func recognises(_ folder: ImageFolder) -> Bool { annotationFile(in: folder) != nil }

  /// The pictures that lines name, in any order; bad lines and pictures without a line are problems.
  ///
  /// - Throws: `DatasetError.unsupportedFormat` without such a text, `noImages` if no line can be used.
  public static func read(_ folder: ImageFolder) throws(DatasetError) -> DatasetContents {
    guard let text = annotationFile(in: folder) else {
      throw DatasetError(
        .unsupportedFormat, "the folder has no val.txt with lines “file label”, as the format imagenet wants",
        remedy: "add one, or leave format: out", file: folder.root)
    }
    let lines = try RegularFile.lines(atPath: folder.root + "/" + text)
    var reader = AnnotationReader(folder: folder, text: text)
    for (index, line) in lines.enumerated() { reader.read(line, number: index + 1) }
    guard !reader.labels.isEmpty else {
      throw DatasetError(
        .noImages,
        "no line of \(text) names a picture that is in the folder"
          + (reader.problems.first.map { " (\($0))" } ?? ""), file: folder.root)
    }
    let unlisted = folder.images.filter { reader.labels[$0] == nil }
      .map { DatasetProblem(path: $0, reason: "has no label in \(text) and is left out") }
    return DatasetContents(
      samples: reader.labels.map { Sample(path: $0.key, annotation: .classIndex($0.value)) },
      problems: reader.problems + unlisted)
  }

  /// `val.txt`, or else the first text that has such lines.
  private static func annotationFile(in folder: ImageFolder) -> String? {
    let texts = folder.texts.filter { $0 == "val.txt" } + folder.texts.filter { $0 != "val.txt" }
    return texts.first { name in
      guard let lines = try? RegularFile.lines(atPath: folder.root + "/" + name) else { return false }
      return lines.lazy.filter { !$0.allSatisfy(\.isWhitespace) }.prefix(probedLineCount).contains { line in
        AnnotationLine(line).map { ImageDecoderCatalog.isImageName($0.path) } ?? false
      }
    }
  }
}

/// A line of an annotation file.
private struct AnnotationLine {
  let path: String
  let label: Int

  /// Splits at the last white space; nil if there is no name or no whole number from 0 on.
  init?(_ line: String) {
    var text = line.drop(while: \.isWhitespace)
    while text.last?.isWhitespace == true { text.removeLast() }
    guard let space = text.lastIndex(where: \.isWhitespace),
      let label = Int(text[text.index(after: space)...]), label >= 0
    else { return nil }
    var path = text[..<space]
    while path.last?.isWhitespace == true { path.removeLast() }
    while path.hasPrefix("./") { path = path.dropFirst(2) }
    guard !path.isEmpty else { return nil }
    self.path = String(path)
    self.label = label
  }

  /// Whether the path stays below the folder that it is relative to.
  var isInside: Bool { !path.hasPrefix("/") && !path.split(separator: "/").contains("..") }
}

/// Gathers labels by path, and what is wrong with lines.
private struct AnnotationReader {
  let folder: ImageFolder
  let text: String
  var labels: [String: Int] = [:]
  var problems: [DatasetProblem] = []

  init(folder: ImageFolder, text: String) {
    self.folder = folder
    self.text = text
  }

  mutating func read(_ line: String, number: Int) {
    guard !line.allSatisfy(\.isWhitespace) else { return }
    guard let annotation = AnnotationLine(line) else {
      return report(number, "is not of the form “file label” with a class index from 0 on")
    }
    guard annotation.isInside else { return report(number, "names a file outside of the folder") }
    if let known = labels[annotation.path] {
      if known != annotation.label {
        report(
          number, "gives “\(annotation.path)” the label \(annotation.label), but it has the label \(known) already")
      }
      return
    }
    guard folder.contains(annotation.path) else {
      return report(number, "names “\(annotation.path)”, which is not in the folder")
    }
    labels[annotation.path] = annotation.label
  }

  private mutating func report(_ number: Int, _ reason: String) {
    problems.append(DatasetProblem(path: text, line: number, reason: reason))
  }
}
