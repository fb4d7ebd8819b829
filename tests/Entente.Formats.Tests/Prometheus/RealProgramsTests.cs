using Entente.Tests.Shared;

namespace Entente.Formats.Tests.Prometheus;

public sealed class RealProgramsTests
{
    [Fact]
    public void Every_real_program_starts_and_its_folder_goes_with_it()
    {
        RealPrograms.Postgres().ShouldNotBe(RealPrograms.Postgres());
        var prometheus = RealPrograms.Prometheus();
        var victoria = RealPrograms.VictoriaMetrics();
        prometheus.Dispose();
        victoria.Dispose();
        Directory.Exists(prometheus.Folder).ShouldBeFalse();
        Directory.Exists(victoria.Folder).ShouldBeFalse();
        RealPrograms.Promtool("--version").ExitCode.ShouldBe(0);
    }
}
