using Entente.Storage;
using Entente.Tests.Shared;

namespace Entente.Journey.Tests;

public sealed class BrowserJourneyTests(Chromium chromium)
{
    [Fact]
    public async Task Four_people_walk_from_the_charter_to_an_accepted_report_on_SQLite()
    {
        var folder = RealPrograms.NewFolder();
        await using (var house = await OpenHouse.Over(Database.Sqlite(Path.Combine(folder, "entente.db"))))
            await new BrowserJourney(chromium, house, withScript: true).Walk();
        Directory.Delete(folder, recursive: true);
    }
}

public sealed class ScriptlessJourneyTests(Chromium chromium)
{
    [Fact]
    public async Task They_walk_it_without_script_on_PostgreSQL()
    {
        await using var house = await OpenHouse.Over(Database.Postgres(RealPrograms.Postgres()));
        await new BrowserJourney(chromium, house, withScript: false).Walk();
    }
}

public sealed class TableJourneyTests(Chromium chromium)
{
    [Fact]
    public async Task Five_people_walk_from_the_agenda_to_both_signatures_with_a_mediator()
    {
        var folder = RealPrograms.NewFolder();
        await using (var house = await OpenHouse.Over(Database.Sqlite(Path.Combine(folder, "entente.db"))))
            await new BrowserJourney(chromium, house, withScript: true).WalkTheTable();
        Directory.Delete(folder, recursive: true);
    }

    [Fact]
    public async Task They_walk_it_without_script_on_PostgreSQL()
    {
        await using var house = await OpenHouse.Over(Database.Postgres(RealPrograms.Postgres()));
        await new BrowserJourney(chromium, house, withScript: false).WalkTheTable();
    }
}

public sealed class SixPersonJourneyTests(Chromium chromium)
{
    [Fact]
    public async Task Six_people_walk_from_an_empty_organisation_to_an_open_gate()
    {
        var folder = RealPrograms.NewFolder();
        await using (var house = await OpenHouse.Over(Database.Sqlite(Path.Combine(folder, "entente.db"))))
            await new SixPersonJourney(chromium, house, withScript: true).Walk();
        Directory.Delete(folder, recursive: true);
    }
}

public sealed class ScriptlessSixPersonTests(Chromium chromium)
{
    [Fact]
    public async Task They_walk_it_without_script_on_PostgreSQL()
    {
        await using var house = await OpenHouse.Over(Database.Postgres(RealPrograms.Postgres()));
        await new SixPersonJourney(chromium, house, withScript: false).Walk();
    }
}
