/// The names of a model's classes, by class index.
public struct Labels: Sendable, Hashable {
  /// The largest number of classes that a label file may name.
  public static let maximumCount = 1_000_000

  /// One for each class, in the order of the indices; at least one.
  public let classes: [ClassLabel]

  /// Takes labels that are in memory; nil if there are none.
  public init?(classes: [ClassLabel]) {
    guard !classes.isEmpty else { return nil }
    self.classes = classes
  }

  /// Reads a label file: UTF-8, one class a line, the first of index 0.
  ///
  /// A line is a name, or an ImageNet synset's identifier and its names: `n01440764 tench, Tinca tinca`. Empty lines
  /// at the end count for nothing.
  ///
  /// - Throws: `DatasetError.unreadableFile`, `emptyFile`, or `invalidLabels` for an empty line between others, binary
  ///   data, or too many lines.
  public init(contentsOfFile path: String) throws(DatasetError) {
    var lines = try RegularFile.lines(atPath: path)
    while lines.last?.allSatisfy(\.isWhitespace) == true { lines.removeLast() }
    guard !lines.isEmpty else { throw DatasetError(.emptyFile, "the file names no class", file: path) }
    guard lines.count <= Self.maximumCount else {
      throw DatasetError(
        .invalidLabels, "has \(lines.count) lines, more than the \(Self.maximumCount) that are read", file: path)
    }
    var classes: [ClassLabel] = []
    classes.reserveCapacity(lines.count)
    for (index, line) in lines.enumerated() {
      guard !line.utf8.contains(0), !line.contains("\u{FFFD}") else {
        throw DatasetError(
          .invalidLabels, "line \(index + 1) is not text in UTF-8", remedy: "name a text file with one class a line",
          file: path)
      }
      guard let label = ClassLabel(line: line) else {
        throw DatasetError(
          .invalidLabels, "line \(index + 1) is empty, so the lines below it would belong to wrong classes",
          remedy: "remove the line, or write a name in it", file: path)
      }
      classes.append(label)
    }
    self.classes = classes
  }

  /// The number of classes.
  public var count: Int { classes.count }

  /// The short name of a class; nil for an index out of range.
  public subscript(index: Int) -> String? {
    classes.indices.contains(index) ? classes[index].name : nil
  }

  /// Compares the number of labels with the number of classes that a model tells apart.
  ///
  /// - Throws: `DatasetError.invalidLabels` if they differ.
  public func check(classCount: Int) throws(DatasetError) {
    guard count != classCount else { return }
    let remedy =
      switch count - classCount {
      case -1: "if the model's class 0 is the background, put a line “background” first"
      case 1: "if the first label is the background, which the model does not have, remove its line"
      default: "give a file with one line for each class"
      }
    throw DatasetError(
      .invalidLabels,
      "there \(count == 1 ? "is 1 label" : "are \(count) labels"), but the model has "
        + (classCount == 1 ? "1 class" : "\(classCount) classes"), remedy: remedy)
  }
}

/// The name of one class.
public struct ClassLabel: Sendable, Hashable {
  /// The identifier of the WordNet synset, as `n01440764`, where the file gives one.
  public let synset: String?
  /// The first of the names.
  public let name: String
  /// All names, separated by commas.
  public let fullName: String

  /// Makes a label; the name is what stands before the first comma.
  public init(synset: String? = nil, fullName: String) {
    self.synset = synset
    self.fullName = fullName
    let first = fullName.prefix { $0 != "," }
    name = first.isEmpty ? fullName : String(first)
  }

  /// The line of a label file that is read as this label.
  public var line: String { synset.map { $0 == fullName ? $0 : "\($0) \(fullName)" } ?? fullName }

  /// Reads a line of a label file; nil if it is blank.
  init?(line: String) {
    let text = Self.trimmed(line[...])
    guard !text.isEmpty else { return nil }
    let first = text.prefix { !$0.isWhitespace }
    let rest = Self.trimmed(text[first.endIndex...])
    let isSynset =
      first.utf8.count == 9 && first.first == "n" && first.utf8.dropFirst().allSatisfy { (48...57).contains($0) }
    if isSynset {
      self.init(synset: String(first), fullName: String(rest.isEmpty ? first : rest))
    } else {
      self.init(fullName: String(text))
    }
  }

  private static func trimmed(_ text: Substring) -> Substring {
    var text = text.drop(while: \.isWhitespace)
    while text.last?.isWhitespace == true { text.removeLast() }
    return text
  }
}
