import Datasets
import Documents

/// How often each class occurs in the annotations of a dataset.
struct ClassDistribution {
  /// One class.
  struct Entry {
    let classIndex: Int
    /// How many pictures it occurs in.
    var imageCount = 0
    /// How many objects are of it; of whole pictures, as many as pictures.
    var objectCount = 0
  }

  /// The classes that occur, by index.
  let entries: [Entry]
  /// Whether objects are counted rather than pictures.
  let countsObjects: Bool

  init(of dataset: Dataset) {
    var entries: [Int: Entry] = [:]
    for sample in dataset.samples {
      let indices = sample.annotation?.classIndices ?? []
      for index in indices { entries[index, default: Entry(classIndex: index)].objectCount += 1 }
      for index in Set(indices) { entries[index]?.imageCount += 1 }
    }
    self.entries = entries.values.sorted { $0.classIndex < $1.classIndex }
    countsObjects = dataset.samples.contains { $0.annotation?.objects != nil }
  }

  /// The classes with bars, the most frequent first; nil where none occurs.
  func table(_ classes: ClassNames) -> Table? {
    guard !entries.isEmpty else { return nil }
    let largest = entries.map(\.objectCount).max() ?? 1
    let total = entries.map(\.objectCount).reduce(0, +)
    var columns = [Column(id: "class", title: "Class", kind: .category)]
    if countsObjects { columns.append(Column(id: "objects", title: "Objects", kind: .integer)) }
    columns += [
      Column(id: "images", title: "Images", kind: .integer),
      Column(
        id: "share", title: "Share",
        kind: .bar(.percent(), maximum: max(Double(largest) / Double(max(total, 1)), 1e-9)),
        help: "Of all \(countsObjects ? "objects" : "images")."),
    ]
    let rows = entries.map { (entry: Entry) -> Row in
      var cells = [classes.cell(entry.classIndex)]
      if countsObjects { cells.append(.integer(entry.objectCount)) }
      cells += [.integer(entry.imageCount), .number(Double(entry.objectCount) / Double(max(total, 1)))]
      return Row(cells)
    }
    return Table(
      title: "Classes", columns: columns, rows: rows, sort: [SortKey(columnID: "share", isDescending: true)],
      visibleRowCount: 15, noun: .init("class", "classes"))
  }

  /// The classes as plain data.
  func data(_ classes: ClassNames) -> DataValue {
    .array(
      entries.map {
        [
          "class": .integer($0.classIndex), "name": classes.name($0.classIndex).map(DataValue.string) ?? .null,
          "images": .integer($0.imageCount), "objects": .integer($0.objectCount),
        ]
      })
  }
}
