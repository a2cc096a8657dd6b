import Datasets
import Evaluation
import Testing

@Suite struct ClassMappingTests {
  private func labels(_ names: [String]) -> Labels? { Labels(classes: names.map { ClassLabel(fullName: $0) }) }

  private func mapping(
    _ count: Int?, background: Bool? = nil, model: [String] = [], dataset: [String] = [],
    choice: ClassMapping.Choice = .init()
  ) -> ClassMapping {
    ClassMapping(
      classCount: count, countsBackground: background, modelLabels: labels(model), datasetLabels: labels(dataset),
      choice: choice)
  }

  @Test func `equal names mean equal classes, in whatever order`() {
    let mapping = mapping(3, model: ["Dog", "cat", "bird"], dataset: ["background", "cat", "dog"])
    #expect((0...3).map(mapping.annotated) == [2, 1, nil, nil])
    #expect((0...2).map(mapping.modelClass) == [nil, 1, 0])
    #expect(mapping.note.contains("names"))
  }

  @Test func `the background is told from the counts, or said`() {
    let voc = ["background", "a", "b"]
    #expect(mapping(3, background: true, dataset: voc).annotated(2) == 2)
    #expect(mapping(2, background: false, dataset: voc).annotated(0) == 1)
    #expect(mapping(3, background: true, dataset: ["a", "b"]).annotated(2) == 1)
    #expect(mapping(3, background: true, dataset: ["a", "b"]).annotated(0) == nil)
    #expect(mapping(1001, dataset: (0..<1000).map { "c\($0)" }).annotated(1) == 0)
    #expect(mapping(5).annotated(3) == 3)
    #expect(mapping(5, choice: .init(background: true)).annotated(3) == 2)
    #expect(mapping(3, model: ["background", "x", "y"]).annotationOffset == 1)
    #expect(mapping(3, choice: .init(background: true)).annotated(Int.min) == nil)
  }

  @Test func `COCO's numbers up to 90 become the 80 that are used`() {
    let names = (0..<80).map { "c\($0)" }
    let byCount = mapping(91, background: true, dataset: names)
    // Person is 1, the stop sign 13 since 12 is not used, the toothbrush 90 (COCO's annotation files).
    #expect([0, 1, 11, 12, 13, 90].map(byCount.annotated) == [nil, 0, 10, nil, 11, 79])
    let without = mapping(90, background: false, dataset: names)
    #expect([0, 12, 89].map(without.annotated) == [0, 11, 79])
    #expect(mapping(81, background: true, dataset: names).annotated(80) == 79)
    #expect(mapping(91, background: true, choice: .init(categories: .ninetyOne)).annotated(90) == 79)
  }
}
