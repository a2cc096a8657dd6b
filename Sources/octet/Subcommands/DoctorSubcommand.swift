import ArgumentParser
import CommandLanguage
import Commands
import Examples
import FoundationEssentials
import Inference

/// `octet doctor`: looks for what keeps Octet from working here.
struct DoctorSubcommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "doctor", abstract: "Checks the installation and says what to do about problems.",
    discussion: "Ends with status 1 where there is a problem.")

  @OptionGroup var place: KernelspecOptions

  func run() throws {
    let checks = [program(), kernelspec(), instructions(), example(), inference()]
    for check in checks {
      StandardStreams.write("\(check.problem == nil ? "ok     " : "problem") \(check.text)\n", to: .stdout)
      if let remedy = check.problem { StandardStreams.write("        → \(remedy)\n", to: .stdout) }
    }
    if checks.contains(where: { $0.problem != nil }) { throw ProgramEnding(ProgramEnding.failure) }
  }

  /// What was looked at, and what to do where it is not as it should be.
  private struct Check {
    let text: String
    var problem: String?
  }

  private func program() -> Check {
    let files = InstalledFiles()
    return Check(
      text: "Octet \(OctetVersion.current) at \(files.executable ?? "an unknown place")",
      problem: files.executable == nil ? "mount /proc, so that Octet finds its files" : nil)
  }

  private func kernelspec() -> Check {
    guard let folder = try? place.folder() else {
      return Check(text: "kernelspec", problem: "name its place with --prefix")
    }
    guard let program = Kernelspec(folder: folder).program else {
      return Check(text: "no kernelspec of Octet at \(folder)", problem: "run octet install")
    }
    let exists = FileManager.default.isExecutableFile(atPath: program)
    return Check(
      text: "kernelspec at \(folder) starts \(program)",
      problem: exists ? nil : "this program is not there any more; run octet install again")
  }

  private func instructions() -> Check {
    do {
      return Check(text: "instruction set \(try InstructionSet.selected().rawValue)")
    } catch {
      return Check(text: "instruction set", problem: error.message)
    }
  }

  private func example() -> Check {
    do {
      return Check(text: "example at \(try ExampleLibrary.classifier().folder)")
    } catch {
      return Check(text: error.message, problem: error.remedy)
    }
  }

  private func inference() -> Check {
    let source = SourceText("m = load example: classifier; p = dataset example: classifier subset: 1; predict m on: p")
    let output = TerminalOutput(isQuiet: true, keepsReports: false)
    switch ProgramRunner(session: Session()).run(source, output: output) {
    case .finished: return Check(text: "a model was loaded and run")
    case .failed(let diagnostics):
      let first = diagnostics.first
      return Check(text: first?.message ?? "a model cannot be run", problem: first?.help ?? "see octet run")
    case .interrupted: return Check(text: "interrupted", problem: "run it again")
    }
  }
}
