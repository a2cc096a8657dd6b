import Datasets
import Documents
import Evaluation
import Reports
import Testing

@Suite("Comparison of predictions")
struct PredictionComparisonReportTests {
  /// Four pictures and three classes; the second and the fourth differ.
  private func report(selection: [Int] = [0, 1, 2, 3]) throws -> PredictionComparisonReport {
    let samples = ["a.png", "b.png", "c.png", "d.png"].map { Sample(path: $0) }
    let parent = try Predictions(
      samples: samples, outputCount: 3, values: [0.9, 0.1, 0, 0.2, 0.5, 0.3, 0, 0.25, 0.75, 0.5, 0.25, 0.25])
    let optimized = try Predictions(
      samples: samples, outputCount: 3, values: [0.8, 0.2, 0, 0.25, 0.25, 0.5, 0.125, 0.125, 0.75, 0.25, 0.5, 0.25])
    return try PredictionComparisonReport(
      .init(
        optimized: "net_int8", parent: "net", dataset: "photos",
        classes: ClassNames(Labels(classes: ["cat", "dog", "otter"].map { ClassLabel(fullName: $0) }))),
      comparison: PredictionComparison(optimized: optimized, parent: parent), optimized: optimized, parent: parent,
      selection: selection)
  }

  @Test func hasExactlyTheColumnsOfTheComparison() throws {
    let table = try #require(try report().document.tables.last)
    #expect(
      table.columns.map(\.title) == [
        "Image Name", "Class Predicted by Optimized Model", "Class Predicted by Parent Model",
        "Rank of Class Predicted by Parent Model in Optimized Model Predictions",
        "Optimized Model Confidence in Class Predicted by Optimized Model",
        "Optimized Model Confidence in Class Predicted by Parent Model",
      ])
    #expect(table.detailsTitle == "Actions")
    #expect(table.flag == .erroneous)
    #expect(table.rows.map(\.isFlagged) == [false, true, false, true])
    #expect(try report().document.title == "Comparison of Optimized and Parent Model Predictions")
  }

  @Test func dataHoldsFullPrecisionAndTheSummaryOfAllImages() throws {
    let data = try report(selection: [1]).data
    #expect(
      data["rows"]?.json
        == """
        [{"image": "b.png", "class": 2, "class_name": "otter", "parent_class": 1, "parent_class_name": "dog", "rank": 1, \
        "confidence": 0.5, "parent_class_confidence": 0.25, "erroneous": true}]
        """)
    #expect(data["summary"]?["images"] == 4)
    #expect(data["summary"]?["agreement"] == .number(0.5))
    #expect(data["columns"]?.json.hasPrefix(#"[{"id": "image", "title": "Image Name"}"#) == true)
  }

  @Test(arguments: [
    (PredictionComparisonColumn.rank, false, [0, 2, 1, 3]), (.rank, true, [1, 3, 0, 2]),
    (.confidence, false, [1, 3, 2, 0]), (.image, true, [3, 2, 1, 0]), (.optimizedClassName, false, [0, 3, 1, 2]),
  ])
  func sortsStably(column: PredictionComparisonColumn, isDescending: Bool, order: [Int]) throws {
    let report = try report()
    let sorted = column.sorted(
      [0, 1, 2, 3], of: report.comparison.rows, report.subject.classes, isDescending: isDescending)
    #expect(sorted == order)
  }

  @Test func galleryShowsDifferencesFirst() throws {
    let cards = try #require(try report().gallery).cards
    #expect(cards.map(\.caption) == ["b.png", "d.png", "a.png", "c.png"])
    #expect(cards.first?.verdict?.text == "Optimized says otter, parent says dog")
    #expect(cards.last?.verdict?.text == "Both say otter")
    #expect(cards.first?.barLists.map(\.title) == ["Optimized", "Parent"])
  }
}
