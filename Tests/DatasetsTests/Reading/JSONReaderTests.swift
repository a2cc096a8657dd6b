import Datasets
import Testing

/// JSON is read through the format that is written in it.
@Suite struct JSONReaderTests {
  private func open(_ json: String) throws -> Dataset {
    let folder = try TemporaryFolder()
    try folder.addPicture(as: "a.png")
    try folder.write(json, to: "instances.json")
    return try Dataset(openingFolder: folder.path, format: "coco")
  }

  @Test func `What is not asked for is passed over, whatever it is`() throws {
    let dataset = try open(
      #"""
      {"info": {"a": [1, -2.5e3, true, false, null, NaN, "\"}]", {"b": []}]}, "licenses": [],
       "images": [{"file_name": "\u0061.png", "id": 1, "width": 12, "height": 12, "extra": {}}],
       "categories": [{"id": 3, "name": "caf\u00e9 \ud83d\ude00"}],
       "annotations": [{"image_id": 1, "category_id": 3, "bbox": [1, 2, 3, 4], "note": "x\\"}]}
      """#)
    #expect(dataset.problems.isEmpty)
    #expect(dataset.labels?[0] == "café 😀")
    #expect(
      dataset.samples.map(\.annotation?.objects) == [
        [AnnotatedObject(classIndex: 0, box: BoundingBox(left: 1, top: 2, right: 4, bottom: 6))]
      ])
  }

  @Test(arguments: [
    ("\"x\": tru}", "line 2 has no value"), ("\"a\": \"b", "line 2 has a text without an end"),
    ("\"a\": 1.2.3}", "line 2 has a number that is none"), ("", "line 2 has its end where “\"” should be"),
    ("\"a\": 1} x", "line 2 has something behind its end"), ("\n\"a\" 1}", "line 3 has “1” where “:” should be"),
    ("\"a\": " + String(repeating: "[", count: 100), "too deep"), ("\"a\": [1 2]}", "has “2” where “]” should be"),
  ])
  func `Damaged JSON is refused with the line`(_ json: String, _ words: String) throws {
    let error = #expect(throws: DatasetError.self) { try open("{\"images\": [], \"annotations\": [],\n" + json) }
    #expect(error?.code == .invalidAnnotation && error?.file == "instances.json")
    #expect(error?.message.contains(words) == true, "\(String(describing: error))")
  }
}
