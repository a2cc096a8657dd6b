import CommandLanguage
import Commands
import Testing

/// Every example by the commands that name it.
@Suite struct ExampleCommandsTests {
  @Test(arguments: ["classifier", "detector", "detector_yolo", "segmenter", "super_resolution"])
  func `each is loaded, calibrated, described and run`(_ name: String) {
    let text = """
      m = load example: \(name)
      photos = dataset example: \(name) subset: 4
      calibration = dataset example: \(name) part: calibration subset: 8
      q = calibrate m using: calibration
      describe q layers: true
      report distance q on: photos
      """
    let output = RecordedOutput()
    let ending = ProgramRunner(session: Session(workspace: nil)).run(SourceText(text), output: output)
    #expect(ending == .finished)
    #expect(output.text.contains("INT8 child"))
  }
}
