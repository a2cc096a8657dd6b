public import Datasets

/// Which class of a dataset's annotations each class of a model means.
public struct ClassMapping: Sendable, Hashable {
  /// What a user says about it.
  public struct Choice: Sendable, Hashable {
    /// Whether the model's class 0 is the background; nil where it is to be found out.
    public var background: Bool?
    /// Whether the model counts COCO's categories as the 80 that are used, or all 91 numbers; nil where it is to be found out.
    public var categories: Categories?

    /// Says what is known.
    public init(background: Bool? = nil, categories: Categories? = nil) {
      self.background = background
      self.categories = categories
    }
  }

  /// How COCO's categories are counted.
  public enum Categories: Int, Sendable, Hashable {
    /// Those that are used, in order.
    case eighty = 80
    /// By their numbers in the annotation files, 1 to 90, of which ten are never used.
    case ninetyOne = 91
  }

  /// What was decided, as a sentence; empty where classes mean what they are.
  public let note: String
  /// The dataset's class for each of the model's, where a table is needed.
  private let table: [Int?]
  private let offset: Int

  /// The numbers from 1 to 90 that are no category of COCO.
  private static let unusedCategories: Set = [12, 26, 29, 30, 45, 66, 68, 69, 71, 83]

  /// The model's classes are those of the dataset, shifted.
  ///
  /// - Parameter offset: what is added to the model's class.
  public init(offset: Int = 0, note: String = "") {
    self.offset = offset
    self.note = note
    table = []
  }

  private init(table: [Int?], note: String) {
    self.table = table
    self.note = note
    offset = 0
  }

  /// The dataset's class that a class of the model means; nil where it means none.
  public func annotated(_ modelClass: Int) -> Int? {
    guard table.isEmpty else { return table.indices.contains(modelClass) ? table[modelClass] : nil }
    let (sum, overflow) = modelClass.addingReportingOverflow(offset)
    return overflow || sum < 0 ? nil : sum
  }

  /// The class of the model that means a class of the dataset; nil where none does.
  public func modelClass(_ annotated: Int) -> Int? {
    guard table.isEmpty else { return table.firstIndex { $0 == annotated } }
    let (difference, overflow) = annotated.subtractingReportingOverflow(offset)
    return overflow || difference < 0 ? nil : difference
  }

  /// What is added to an annotation to get the model's class, where it is the same number for all; else 0.
  public var annotationOffset: Int { table.isEmpty ? -offset : 0 }

  /// The mapping between a model and a dataset: what the user says, else by the names of both, else by how many classes
  /// there are, else by whether the first is named background.
  public init(
    classCount: Int?, countsBackground: Bool?, modelLabels: Labels?, datasetLabels: Labels?, choice: Choice = Choice()
  ) {
    let isNamedBackground = { (labels: Labels?) in labels?[0]?.lowercased() == "background" }
    let datasetHas = isNamedBackground(datasetLabels)
    let modelHas = choice.background ?? countsBackground ?? isNamedBackground(modelLabels)
    if choice.categories == .ninetyOne {
      self = Self.coco91(modelHas)
      return
    }
    if choice.background == nil, choice.categories == nil, let modelLabels, let datasetLabels,
      let byName = Self.byName(modelLabels, datasetLabels)
    {
      self = byName
      return
    }
    let datasetCount = datasetLabels?.count
    if choice.categories == nil, let classCount, datasetCount == 80, (90...91).contains(classCount) {
      self = Self.coco91(choice.background ?? (classCount == 91))
      return
    }
    if choice.background == nil, choice.categories == nil, let classCount, let datasetCount {
      if classCount == datasetCount, countsBackground.map({ $0 == datasetHas }) ?? true {
        self.init()
        return
      }
      if classCount == datasetCount + 1, countsBackground ?? true, !datasetHas {
        self.init(
          offset: -1,
          note:
            "The model has one class more than the dataset, taken for the background: its class n + 1 is class n of the annotations."
        )
        return
      }
    }
    let offset = (datasetHas ? 1 : 0) - (modelHas ? 1 : 0)
    let note =
      switch offset {
      case 1:
        "The dataset's class 0 is the background, which the model does not count: its class n is class n + 1 of the annotations."
      case -1: "The model's class 0 is the background: its class n + 1 is class n of the annotations."
      default: ""
      }
    self.init(offset: offset, note: note)
  }

  /// Classes of the same name mean the same; nil unless each of the dataset's, the background aside, is among the model's,
  /// each once.
  private static func byName(_ model: Labels, _ dataset: Labels) -> ClassMapping? {
    let ours = model.classes.map { $0.name.lowercased() }
    let theirs = dataset.classes.map { $0.name.lowercased() }
    let (places, known) = (Dictionary(zip(theirs, theirs.indices)) { first, _ in first }, Set(ours))
    guard known.count == ours.count, places.count == theirs.count,
      theirs.allSatisfy({ known.contains($0) || $0 == "background" })
    else { return nil }
    let table = ours.map { places[$0] }
    let isIdentity = table.enumerated().allSatisfy { $0.offset == $0.element }
    return ClassMapping(
      table: isIdentity ? [] : table,
      note: isIdentity ? "" : "Classes of the model and of the annotations are matched by their names.")
  }

  private static func coco91(_ hasBackground: Bool) -> ClassMapping {
    var table: [Int?] = hasBackground ? [nil] : []
    var next = 0
    for number in 1...90 {
      guard !unusedCategories.contains(number) else {
        table.append(nil)
        continue
      }
      table.append(next)
      next += 1
    }
    return ClassMapping(
      table: table, note: "The model counts COCO's categories by their numbers up to 90, of which 80 are used.")
  }
}
